import {
  alwaysAllowWords,
  dataWords,
  managedAuthWords,
  verifiedDomainWords,
} from '../../src/domain/connectors/words.ts';
import { isCorrelation } from '../../src/domain/detections/sigma.ts';
import { AREA_WORDS } from '../../src/domain/labels.ts';
import type { Capability } from '../../src/domain/model/capability.ts';
import { AREAS, type Catalogue, type Control } from '../../src/domain/model/catalogue.ts';
import { KINDS, type Kind } from '../../src/domain/model/kinds.ts';
import { STATE_WORDS } from '../../src/domain/model/verdict.ts';
import { RULES } from '../../src/domain/rules/index.ts';

/** Generates the catalogue's pages for people who read rather than edit it: one page per area, one for the facts. */
export function cataloguePages(catalogue: Catalogue): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const area of AREAS) {
    const controls = catalogue.controls.filter((control) => control.area === area);
    if (controls.length > 0)
      pages.set(`docs/catalogue/${area.replaceAll('_', '-')}.md`, areaPage(AREA_WORDS[area], controls));
  }
  pages.set('docs/catalogue/capabilities.md', capabilityPage(catalogue.capabilities));
  pages.set('docs/catalogue/risks.md', riskPage(catalogue));
  pages.set('docs/catalogue/connectors.md', connectorPage(catalogue));
  pages.set('docs/catalogue/detections.md', detectionPage(catalogue));
  pages.set('docs/catalogue/files.md', filesPage(catalogue));
  pages.set('docs/catalogue/README.md', indexPage(catalogue));
  return pages;
}

const NOTICE = '<!-- Generated from catalogue/ by "npm run docs". Edit the YAML, not this page. -->\n';

function indexPage(catalogue: Catalogue): string {
  const areas = AREAS.map((area) => {
    const n = catalogue.controls.filter((control) => control.area === area).length;
    return `| [${AREA_WORDS[area]}](${area.replaceAll('_', '-')}.md) | ${n} |`;
  });
  return `${NOTICE}\n# What Bylaw knows\n\n| area | controls |\n| --- | --- |\n${areas.join('\n')}\n\nFurther: [capabilities, guide and vendor side by side](capabilities.md), [risks](risks.md), [connectors and baseline permissions](connectors.md), [detections](detections.md), [files and where to get them](files.md).\n`;
}

function areaPage(title: string, controls: readonly Control[]): string {
  const parts = controls.map((control) => {
    const checks = control.checks.map((check, index) => {
      const about = RULES.find((rule) => rule.name === check.rule)?.about ?? '';
      const reads =
        check.reads.length > 0
          ? ` Reads ${check.reads.join(', ')}${check.freshDays ? `. Readings are valid for ${check.freshDays} days` : ''}.`
          : '';
      const look = typeof check.with.look === 'string' ? ` Look: ${check.with.look}` : '';
      return `${index + 1}. \`${check.rule}\`: ${about}${reads}${look}`;
    });
    const steps = control.remediation.steps.map((step, index) => {
      const where = step.where ? ` (${step.where}${step.checked ? `, checked ${step.checked}` : ''})` : '';
      const command = step.command
        ? `\n\n   \`\`\`\n${step.command.trim().replace(/^/gm, '   ')}\n   \`\`\`\n`
        : '';
      const stop = step.why && !/[.:?!]$/.test(step.do) ? '.' : '';
      return `${index + 1}. ${step.do}${where}${stop}${step.why ? ` ${step.why}` : ''}${command}`;
    });
    const needs =
      control.needs.length > 0
        ? `\nNeeds ${control.needs.map((id) => `[${id}](capabilities.md#${anchor(id)})`).join(', ')}; without it the state is ${STATE_WORDS[control.unlicensed?.state ?? 'not_licensed']}. ${control.unlicensed?.instead ?? ''}\n`
        : '';
    const enforced = control.enforcedBy
      ? `\nEnforced by ${control.enforcedBy.needs.map((id) => `[${id}](capabilities.md#${anchor(id)})`).join(', ')}. ${control.enforcedBy.otherwise}\n`
      : '';
    const sources = control.sources.map(
      (source) => `- [${source.title}](${source.url}), read ${source.read}`,
    );
    return [
      `## ${control.id} ${control.title}`,
      '',
      `Version ${control.version}, ${control.severity}. Guide: ${control.guide.join(', ') || 'not in the guide; added from vendor facts'}.`,
      '',
      control.why.trim(),
      needs,
      enforced,
      '**Decided by**, in order of preference:',
      '',
      ...checks,
      '',
      `**To fix** (about ${control.remediation.minutes} minutes, ${control.remediation.who}):`,
      '',
      ...steps,
      ...(sources.length > 0 ? ['', '**Sources**', '', ...sources] : []),
    ].join('\n');
  });
  return `${NOTICE}\n# ${title}\n\n${parts.join('\n\n')}\n`;
}

function capabilityPage(capabilities: readonly Capability[]): string {
  const parts = capabilities.map((c) => {
    const cells = [...new Set([...Object.keys(c.guide?.cells ?? {}), ...Object.keys(c.vendor.cells)])].map(
      (column) => `| ${column} | ${cellText(c.guide?.cells[column])} | ${cellText(c.vendor.cells[column])} |`,
    );
    const table =
      cells.length > 0
        ? `\n| plan or license | guide | vendor |\n| --- | --- | --- |\n${cells.join('\n')}\n`
        : '';
    return [
      `## ${c.id}`,
      '',
      `**${c.title}.** ${c.means.trim()}`,
      table,
      `- Guide${c.guide ? ` (${c.guide.asOf}): ${c.guide.says.trim()}` : ': silent.'}`,
      `- Vendor (${c.vendor.asOf}, ${c.vendor.status}): ${c.vendor.says.trim()}`,
      ...c.vendor.sources.map((s) => `  - [${s.title}](${s.url}), read ${s.read}`),
      ...(c.toGet ? [`- To get it: ${c.toGet.trim()}`] : []),
    ].join('\n');
  });
  return `${NOTICE}\n# Capabilities: what the guide says, what vendors document\n\n${parts.join('\n\n')}\n`;
}

function cellText(cell: { value: string; words?: string | undefined } | undefined): string {
  return cell
    ? `${cell.value.replace('_', '-')}${cell.words ? `: ${cell.words}` : ''}`.replaceAll('|', '/')
    : '';
}

function riskPage(catalogue: Catalogue): string {
  const parts = catalogue.risks.map((risk) => {
    const rows = Object.entries(risk.layers).map(
      ([layer, cell]) =>
        `| ${layer.replaceAll('_', ' ')} | ${cell.guide} | ${cell.vendor} | ${cell.status} | ${cell.coverage.replaceAll('_', ' ')} |`,
    );
    return `## ${risk.title}\n\n${risk.story.trim()}\n\n| layer | guide | vendor | status | coverage |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\nControls: ${risk.controls.join(', ') || 'none'}. What remains: ${risk.residual.trim()}`;
  });
  return `${NOTICE}\n# Risks\n\n${parts.join('\n\n')}\n`;
}

function connectorPage(catalogue: Catalogue): string {
  const parts = catalogue.connectors.map((c) => {
    const rows = c.actions.map((a) => {
      const offered = alwaysAllowWords(a.alwaysAllowOffered) ?? '';
      return `| ${a.title} | ${a.effect} | ${a.baseline ?? 'not said'}${a.baseline !== null && a.inGuide !== true ? ' (general rule)' : ''} | ${a.scope ?? ''} | ${offered} |`;
    });
    const limits = c.limits?.map((limit) => `  - ${limit.says}`) ?? ['  - The vendor does not say.'];
    return [
      `## ${c.name}`,
      '',
      `Sensitivity ${c.sensitivity}; directory entry ${c.directory}.${c.note ? ` ${c.note.trim()}` : ''}`,
      '',
      `- Reaches: ${dataWords(c.dataClasses)}`,
      `- Verified domain: ${verifiedDomainWords(c.verifiedDomain)}`,
      `- Managed sign-in: ${managedAuthWords(c.managedAuth)}`,
      '- Limits:',
      ...limits,
      '',
      '| action | effect | baseline | scope | always allow |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
      `Sources: ${c.sources.map((s) => `[${s.title}](${s.url}), read ${s.read}`).join('; ')}.`,
    ].join('\n');
  });
  return `${NOTICE}\n# Connectors and baseline permissions\n\n${parts.join('\n\n')}\n`;
}

function filesPage(catalogue: Catalogue): string {
  const readers = (kind: Kind) =>
    catalogue.controls.filter((c) => c.checks.some((check) => check.reads.includes(kind))).map((c) => c.id);
  const requestOf = (kind: Kind) => {
    const request = catalogue.importGuides.kinds.find((one) => one.kind === kind)?.request;
    return request === undefined ? '' : ` Request: \`${request.replaceAll('|', '\\|')}\``;
  };
  const rows = (Object.keys(KINDS) as Kind[]).map((kind) => {
    const info = KINDS[kind];
    const list = readers(kind);
    return `| \`${kind}\` | ${info.label} | ${info.howToGet}${requestOf(kind)} | ${info.onlyOn ? 'Enterprise' : 'any'} | ${list.length === 0 ? '' : `${list.length}: ${list.join(', ')}`} |`;
  });
  return `${NOTICE}\n# Files that Bylaw reads\n\nNames and folders do not matter; a file is recognized by what it holds. \`--map kind=file\` overrides.\n\n| kind | what | where to get it | Claude plan | controls that read it |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function detectionPage({ detections, undetected }: Pick<Catalogue, 'detections' | 'undetected'>): string {
  const parts = detections
    .filter(({ bylaw }) => bylaw.alerts)
    .map((one) => {
      const { bylaw } = one;
      const asks = isCorrelation(one)
        ? `${one.correlation.type.replaceAll('_', ' ')} of ${one.correlation.rules.join(', ')} within ${one.correlation.timespan}`
        : bylaw.absence !== undefined
          ? `hours of which ${bylaw.absence.source} has no record`
          : bylaw.baseline === undefined
            ? 'each event that matches'
            : `a person's day against ${bylaw.baseline.days === 1 ? '1 day' : `${bylaw.baseline.days} days`}, method ${bylaw.baseline.method}`;
      const steps = bylaw.playbook.map(
        (step, index) => `${index + 1}. ${step.do}${step.where ? ` (${step.where})` : ''}`,
      );
      return [
        `## ${bylaw.id} ${one.title}`,
        '',
        `Level ${one.level}; ${bylaw.on ? 'on' : 'off'} until a client decides. Asks: ${asks}. Guide: ${bylaw.guide.join(', ') || 'not in the guide; added from vendor facts'}.`,
        '',
        one.description,
        '',
        `- Needs any of: ${bylaw.needs.sources.join(', ')}${bylaw.needs.plan ? '; Claude Enterprise' : ''}${bylaw.needs.facts.length > 0 ? `; to compare with: ${bylaw.needs.facts.join(', ')}` : ''}.`,
        `- Cannot see: ${bylaw.blind}`,
        `- False alarms: ${one.falsepositives.join(' ')}`,
        ...(bylaw.tune
          ? [`- May be tuned: ${bylaw.tune.what}, ${bylaw.tune.min} to ${bylaw.tune.max}.`]
          : []),
        '',
        '**What to do**',
        '',
        ...steps,
        '',
        `Sources: ${bylaw.facts.map((s) => `[${s.title}](${s.url}), read ${s.read}`).join('; ')}.`,
      ].join('\n');
    });
  const not = undetected.map(
    (one) =>
      `### ${one.title}\n\n${one.because} ${one.instead} (${one.control})\n\nSources: ${one.facts.map((s) => `[${s.title}](${s.url}), read ${s.read}`).join('; ')}.`,
  );
  return `${NOTICE}\n# Detections\n\n${parts.join('\n\n')}\n\n## What no detection covers\n\n${not.join('\n\n')}\n`;
}

function anchor(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^a-z0-9_ -]/g, '')
    .replaceAll(' ', '-');
}
