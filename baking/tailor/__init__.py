"""How a bare body is made to stand straight and dressed; used by `bake_body.py` only."""
