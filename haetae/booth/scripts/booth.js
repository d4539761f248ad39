// The booth: everything of it starts here, and everything ends with the page being loaded anew.
import { startForgetting } from "./forgetting.js";
import { startGuessing } from "./guessing.js";
import { startQuizzes } from "./quizzing.js";
import { startScreens } from "./screens.js";
import { startTrying } from "./trying.js";

document.documentElement.classList.add("scripted");
for (const part of document.querySelectorAll("[data-script]:not([data-stays])")) part.hidden = false;
for (const part of document.querySelectorAll("[data-plain]")) part.hidden = true;
startScreens();
startGuessing();
startQuizzes();
startForgetting();
startTrying();
