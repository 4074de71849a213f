from ...property.runners import X
def test_a(): assert X==1
