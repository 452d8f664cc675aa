// What pages of this service do beyond the design system. Every page works without it.

// Filters fill a phone's first screen: there they are closed until asked for. A tablet that is turned has them as it stands.
const narrow = window.matchMedia("(max-width: 70em)");
for (const panel of document.querySelectorAll('[data-module="asb-filter"]')) {
  panel.open = !narrow.matches;
  narrow.addEventListener("change", () => { panel.open = !narrow.matches; });
}

// Long lists are searched by typing. The list itself stays in the page and is what is sent.
for (const select of document.querySelectorAll('[data-module="asb-autocomplete"]')) {
  const described = select.getAttribute("aria-describedby");
  const wrong = select.classList.contains("govuk-select--error");
  window.accessibleAutocomplete?.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.value ? select.selectedOptions[0].text : "",
    showAllValues: true,
    menuAttributes: { "aria-label": document.querySelector(`label[for="${select.id}"]`)?.textContent ?? "Options" },
    inputClasses: wrong ? "asb-autocomplete--error" : null,
    menuClasses: "asb-autocomplete__menu",
  });
  const input = select.parentElement.querySelector(".autocomplete__input");
  if (input && described) input.setAttribute("aria-describedby", `${described} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
}

// What is typed stays in this tab until it is saved: a lost signal on a doorstep costs nothing. Kept in the tab alone
// (sessionStorage), never on the device: closing the tab or signing out forgets it, and so does somebody else who signs in
// at a shared desk. No passwords, no files.
const DRAFT = "asb-draft:";
const reader = document.body.dataset.reader;
const here = DRAFT + location.pathname;

const keptDrafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT));
const readDraft = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
};

function answers(form) {
  return [...form.elements].filter(
    (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type)
  );
}

function typedInto(form) {
  return answers(form).map((field) =>
    ["radio", "checkbox"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]
  );
}

function putBack(form, typed) {
  for (const [name, value, checked] of typed) {
    const fields = answers(form).filter((field) => field.name === name);
    if (checked === undefined) {
      if (fields[0]) fields[0].value = value;
    } else {
      for (const field of fields) if (field.value === value) field.checked = checked;
    }
    for (const field of fields) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function notice(text, buttons) {
  const box = document.createElement("div");
  box.className = "govuk-inset-text asb-draft";
  box.setAttribute("role", "status");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = text;
  box.append(words);
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      box.remove();
    });
    box.append(button, " ");
  }
  return box;
}

try {
  // A draft that was sent, where the answer was another page, is saved. Whoever comes to another page by another way sent it
  // into a lost signal: it is kept. Somebody else's is nobody's business.
  const from = document.referrer && DRAFT + new URL(document.referrer).pathname;
  for (const key of keptDrafts()) {
    const kept = readDraft(key);
    const saved = key !== here && kept?.sent && key.split("#")[0] === from;
    if (saved || (reader && kept?.by !== reader)) sessionStorage.removeItem(key);
    else if (kept?.sent) sessionStorage.setItem(key, JSON.stringify({ ...kept, sent: false }));
  }
  const forms = [...document.querySelectorAll('main form[method="post"]')].filter(
    (form) => !form.querySelector('input[type="password"]') && answers(form).length
  );
  forms.forEach((form, index) => {
    const key = index ? `${here}#${index}` : here;
    const draft = readDraft(key);
    const shown = JSON.stringify(typedInto(form));
    // A form shown again by the server holds what was typed.
    if (draft && JSON.stringify(draft.typed) !== shown && !form.hasAttribute("data-shown-again")) {
      form.prepend(
        notice("You typed something here that was not saved.", [
          ["Put it back", () => putBack(form, draft.typed)],
          ["Forget it", () => sessionStorage.removeItem(key)],
        ])
      );
    }
    let waiting;
    const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({ typed: typedInto(form), sent, by: reader }));
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(false), 300);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      if (!navigator.onLine) {
        event.preventDefault();
        keep(false);
        form.querySelector(".asb-draft")?.remove();
        form.append(notice("There is no signal. What you typed is kept in this tab: send it again when there is one.", []));
        return;
      }
      keep(true);
    });
  });
} catch {
  // A browser that keeps nothing: the form works as it is.
}

// Questions that only one answer asks for are out of sight until it is chosen.
for (const choice of document.querySelectorAll("[data-asb-reveals]")) {
  const asked = document.getElementById(choice.dataset.asbReveals);
  const block = choice.type === "radio" ? "radios" : "checkboxes";
  const show = () => asked.classList.toggle(`govuk-${block}__conditional--hidden`, !choice.checked);
  choice.form.addEventListener("change", (event) => {
    if (event.target.name === choice.name) show();
  });
  show();
}

// While a report is taken in: who and what is known already, looked for while it is typed. It is sent by POST, so that no
// name stands in an address. What somebody is choosing just now is left alone.
for (const known of document.querySelectorAll('[data-module="asb-known"]')) {
  const form = known.closest("form");
  const said = known.querySelector("[data-asb-said]");
  const found = known.querySelector("[data-asb-found]");
  const watched = known.dataset.watches.split(" ");
  let waiting, asking, last;
  const typed = () => {
    const fields = [...new FormData(form)].filter(([name]) => name === "csrf_token" || watched.includes(name));
    return new URLSearchParams(fields);
  };
  const ask = async () => {
    const body = typed();
    if (`${body}` === last || found.contains(document.activeElement)) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(known.dataset.address, { method: "POST", body, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const { html, said: words } = await answer.json();
      last = `${body}`;
      if (found.contains(document.activeElement)) return;
      found.innerHTML = html;
      said.textContent = words;
    } catch {
      // No signal, or typed on: the form works as it is.
    }
  };
  known.querySelector("[data-asb-look]").hidden = true;
  if (!said.textContent) said.textContent = "People, and open cases about them or at the place, are shown here while you type.";
  form.addEventListener("input", (event) => {
    if (!watched.includes(event.target.name) || found.contains(event.target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
}
// A document has a button that prints it; without JavaScript the browser's own does.
for (const button of document.querySelectorAll("[data-asb-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const hint of document.querySelectorAll("[data-asb-print-hint]")) hint.hidden = true;
