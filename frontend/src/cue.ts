// The cue player for a run.
import { maybe } from "./player/dom";
import { CuePage } from "./programme/cue_page";

const root = maybe("[data-cue-player]");
if (root) new CuePage(root);
