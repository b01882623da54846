import { html } from 'hono/html';
import type { Report } from '../model.ts';
import { enforceableWords, UPGRADES_TITLE, upgradesShown } from '../shared/upgrades.ts';
import { head, type Markup, refs, region, t } from './markup.ts';

/**
 * What each purchase would let the client enforce, compared with today. It is a forecast, so it uses no colors of
 * verdicts.
 */
export function upgrades(report: Report): Markup {
  const shown = upgradesShown(report);
  const heading = html`<h2 id="upgrades">${UPGRADES_TITLE}</h2>`;
  if (shown === null)
    return html`<section aria-labelledby="upgrades">${heading}<p class="mute">The release that made this report did not compare upgrades.</p></section>`;
  return html`<section aria-labelledby="upgrades">${heading}
<p class="mute">${t(shown.lead)}</p>
<p>${t(shown.today)}</p>
${
  shown.lines.length === 0
    ? html`<p class="mute">No purchase that Bylaw knows of would change what this client can enforce.</p>`
    : region(
        'Upgrades compared with today',
        html`<table>${head(['Upgrade', 'Added each month and year', 'Controls that could be enforced', 'Risks covered better'])}<tbody>${shown.lines.map(
          (line) =>
            html`<tr><th scope="row">${t(line.name)}</th><td>Monthly: ${t(line.month)}<br>Yearly: ${t(line.year)}<br><span class="mute">${t(line.reckoned)}</span></td><td>${enforceableWords(line)}<br>${refs(report, line.gains)}</td><td>${
              line.better.length === 0
                ? html`<span class="mute">None</span>`
                : html`<ul class="ev">${line.better.map((words) => html`<li>${t(words)}</li>`)}</ul>`
            }</td></tr>`,
        )}</tbody></table>`,
      )
}
${shown.noEffect === null ? '' : html`<p class="mute">${t(shown.noEffect)}</p>`}
${shown.prices.length === 0 ? '' : html`<details class="more"><summary>Where the prices come from</summary><ul class="lines">${shown.prices.map((words) => html`<li>${t(words)}</li>`)}</ul></details>`}</section>`;
}
