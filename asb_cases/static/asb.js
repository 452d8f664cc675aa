// What pages of this service do beyond the design system. Every page works without it.

// Filters fill a phone's first screen: there they are closed until asked for.
for (const panel of document.querySelectorAll('[data-module="asb-filter"]')) {
  if (window.matchMedia("(max-width: 48em)").matches) panel.open = false;
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
