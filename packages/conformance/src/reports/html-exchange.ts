import type { Exchange } from '../answer.js';
import { curl, isCommand } from './curl.js';
import { type Markup, markup } from './markup.js';
import { shortened, withoutRuns } from './shortened.js';

/** A command that is longer than this is not offered for copying: it would not be whole. */
const longestCall = 8000;

/** One exchange as HTML: what was asked and answered, each at most `limit` characters, and the call as curl. */
export function htmlExchange(exchange: Exchange, url: string, limit: number): Markup {
  const { step, operation, request, response, failure, ms } = exchange;
  const type = response?.headers['content-type'] ?? '';
  return markup`<li class="exchange">
<p><b>${step}</b> <code>${shortened(operation, 80)}</code> <span class="quiet">${ms} ms</span></p>
<p class="line">→ <code>${request.method} ${shortened(request.path, 400)}</code></p>
${body(request.body, limit)}
${
  response
    ? markup`<p class="line">← <code>${response.status} ${shortened(type, 100)}</code></p>
${body(response.body, limit)}`
    : markup`<p class="line">← no answer: ${shortened(failure ?? '', limit)}</p>`
}
${call(curl(exchange, url))}
</li>`;
}

function body(text: string, limit: number): Markup {
  const shown = text.trimEnd();
  return shown === '' ? markup`` : markup`<pre>${shortened(withoutRuns(shown), limit)}</pre>`;
}

function call(line: string): Markup {
  if (!isCommand(line)) return markup`<p class="quiet">${line.slice(2)}.</p>`;
  if (line.length > longestCall)
    return markup`<p class="quiet">As curl it has ${line.length} characters; report.json has the exchange.</p>`;
  return markup`<details class="curl"><summary>as curl</summary>
<button type="button" class="copy" hidden="">Copy</button>
<pre>${line}</pre>
</details>`;
}
