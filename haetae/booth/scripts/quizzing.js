// Question after question: every answer says why, and the right one must be touched before it goes on.
import { fill, head, only } from "./screens.js";

export function startQuizzes() {
  for (const quiz of document.querySelectorAll(".quiz")) start(quiz);
}

function start(quiz) {
  const questions = [...quiz.querySelectorAll(".question")];
  const last = questions.at(-1);
  let right = 0;
  only(questions, questions[0]);
  for (const question of questions.slice(0, -1)) {
    for (const option of question.querySelectorAll("button.option")) {
      option.addEventListener("click", () => {
        const first = !question.querySelector(".tried");
        if (explain(question, option) && first) right += 1;
      });
    }
    question.querySelector("[data-next]").addEventListener("click", () => {
      const following = questions[questions.indexOf(question) + 1];
      only(questions, following);
      if (following === last) fill(last.querySelector(".score"), { n: right, of: questions.length - 1 });
      head(following);
    });
  }
  last.querySelector("[data-again]").addEventListener("click", () => {
    right = 0;
    questions.slice(0, -1).forEach(clear);
    only(questions, questions[0]);
    head(questions[0]);
  });
}

/** @returns {boolean} whether it is the right one */
function explain(question, option) {
  const isRight = "right" in option.dataset;
  option.classList.add("tried");
  if (isRight) question.querySelector("[data-next-row]").hidden = false;
  const why = option.parentElement.querySelector(".why");
  why.hidden = false;
  why.focus({ preventScroll: true });
  return isRight;
}

function clear(question) {
  for (const option of question.querySelectorAll(".tried")) option.classList.remove("tried");
  for (const part of question.querySelectorAll(".why, [data-next-row]")) part.hidden = true;
}
