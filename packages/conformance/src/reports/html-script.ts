import { markup } from './markup.js';

/** What the page does besides being read: it filters checks, and copies commands. */
export const htmlScript = markup`
const form = document.getElementById('filters');
const output = document.getElementById('shown');
const checks = [...document.querySelectorAll('.check')];

function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.text.toLowerCase().split(/\\s+/);
  const fits = (check) =>
    ['face', 'level', 'verdict'].every((name) => [check.dataset[name], ''].includes(wanted[name])) &&
    words.every((word) => check.textContent.toLowerCase().includes(word));
  let shown = 0;
  for (const check of checks) {
    check.hidden = !fits(check);
    if (!check.hidden) shown++;
  }
  output.textContent = shown + ' of ' + checks.length + ' checks shown';
}

async function copy(button) {
  const call = button.parentElement.querySelector('pre');
  try {
    await navigator.clipboard.writeText(call.textContent);
  } catch {
    getSelection().selectAllChildren(call);
    document.execCommand('copy');
  }
  button.textContent = 'Copied';
  output.textContent = 'The call was copied';
  setTimeout(() => { button.textContent = 'Copy'; filter(); }, 2000);
}

form.addEventListener('input', filter);
form.addEventListener('reset', () => setTimeout(filter));
form.addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('click', ({ target }) => {
  if (target.matches('.copy')) copy(target);
});
for (const control of [form, ...document.querySelectorAll('.copy')]) control.hidden = false;
filter();
const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named?.matches('.check')) named.open = true;
`;
