// The page that plays a lesson.
import { maybe } from "./player/dom";
import { LessonPage } from "./programme/lesson_page";

const root = maybe(".lesson-player");
if (root) new LessonPage(root);
