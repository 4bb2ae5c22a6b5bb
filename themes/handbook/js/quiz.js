// Quizzes: the answer is judged here, choice by choice in words, and the page keeps the score.
// Without script the answers are in the fold below each question.
const quizzes = sotay.all(".quiz");

function mark(choice, state) {
  const note = choice.querySelector(".quiz-mark") || choice.appendChild(sotay.make("span", "quiz-mark"));
  if (state) {
    choice.dataset.state = state;
    note.textContent = sotay.word(choice, "quiz_" + state);
  } else {
    delete choice.dataset.state;
    note.remove();
  }
}

function clear(quiz) {
  sotay.all(".quiz-choices > li", quiz).forEach((choice) => { mark(choice, ""); });
  quiz.querySelector("[role=status]").textContent = "";
  delete quiz.dataset.result;
}

function score() {
  const judged = quizzes.filter((quiz) => quiz.dataset.result);
  return { done: judged.length, all: quizzes.length, n: judged.filter((quiz) => quiz.dataset.result === "right").length };
}

function check(quiz) {
  const status = quiz.querySelector("[role=status]");
  const choices = sotay.all(".quiz-choices > li", quiz);
  const chosen = choices.filter((choice) => choice.querySelector("input").checked);
  if (!chosen.length) {
    status.textContent = sotay.word(quiz, "quiz_none");
    return;
  }
  let right = true;
  choices.forEach((choice) => {
    const is = choice.dataset.right !== undefined;
    const own = choice.querySelector("input").checked;
    right = right && is === own;
    mark(choice, own ? (is ? "right" : "wrong") : is ? "missed" : "");
  });
  quiz.dataset.result = right ? "right" : "wrong";
  quiz.querySelector(".quiz-answer").open = true;
  status.textContent = sotay.word(quiz, right ? "quiz_good" : "quiz_bad")
    + (quizzes.length > 1 ? " " + sotay.word(quiz, "quiz_score", score()) : "");
}

quizzes.forEach((quiz) => {
  quiz.querySelector(".quiz-check").addEventListener("click", () => { check(quiz); });
  quiz.addEventListener("change", () => { clear(quiz); });
});
