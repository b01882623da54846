// Conveniences only: everything on the page can be read without this script.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const $$ = (selector) => [...document.querySelectorAll(selector)];

  const theme = $('#theme');
  const root = document.documentElement;
  const isDark = () =>
    root.dataset.theme === 'dark' ||
    (root.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const name = () => {
    theme.textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', isDark() ? 'Switch to light' : 'Switch to dark');
  };
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    name();
  });
  name();
  theme.hidden = false;

  const form = $('#filter');
  const controls = $$('.control');
  const field = (key) => form.elements.namedItem(key);
  const clear = $('[data-clear]');
  const openAll = $('[data-open-all]');
  const apply = () => {
    const want = (key) => field(key).value;
    const find = want('find').trim().toLowerCase();
    let shown = 0;
    for (const control of controls) {
      const area = control.closest('.area').dataset.area;
      const state = control.closest('.state').dataset.state;
      const fits =
        (!want('state') || want('state') === state) &&
        (!want('area') || want('area') === area) &&
        (!want('severity') || want('severity') === control.dataset.severity) &&
        (!find || control.textContent.toLowerCase().includes(find));
      control.hidden = !fits;
      if (fits) shown += 1;
    }
    const count = (element, list) => {
      const n = list.filter((control) => !control.hidden).length;
      element.hidden = n === 0;
      element.querySelector('.count').textContent = String(n);
    };
    for (const area of $$('.area')) count(area, [...area.querySelectorAll('.control')]);
    for (const state of $$('.state')) count(state, [...state.querySelectorAll('.control')]);
    field('shown').value = `${shown} of ${controls.length}`;
    clear.hidden = shown === controls.length;
    $('#none-shown').hidden = shown > 0;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  clear.addEventListener('click', () => {
    form.reset();
    apply();
    field('state').focus();
  });
  openAll.addEventListener('click', () => {
    const open = controls.some((control) => !control.hidden && !control.open);
    for (const control of controls) if (!control.hidden) control.open = open;
    openAll.textContent = open ? 'Collapse all' : 'Expand all';
  });
  form.hidden = false;

  // A link must always arrive: what a filter hides is shown, what is closed is opened.
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) {
      form.reset();
      apply();
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', arrive);
  if (location.hash) arrive();

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = $$('details:not([open])');
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
})();
