import {
  alwaysAllowWords,
  dataWords,
  managedAuthWords,
  verifiedDomainWords,
} from '#domain/connectors/words.ts';
import type { Connector } from '#domain/model/catalogue.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { dayWords, monthWords } from '#domain/text/words.ts';
import { lintCatalogue } from '#sources/catalogue/lint.ts';
import { CATALOGUE_FOLDER, loadCatalogue } from '#sources/catalogue/load.ts';
import { CatalogueError, problemLine } from '#sources/catalogue/problem.ts';
import { Problem } from '../problem.ts';
import type { Terminal } from '../terminal.ts';

/** `bylaw catalogue lint [FOLDER]`: reports every problem with file and line; exits with 3 if there is one. */
export function catalogueLintCommand(folder: string | undefined, terminal: Terminal): number {
  try {
    const catalogue = loadCatalogue(folder ?? CATALOGUE_FOLDER);
    const problems = lintCatalogue(catalogue, folder ?? CATALOGUE_FOLDER);
    for (const problem of problems) terminal.out(problemLine(problem));
    if (problems.length > 0) return 3;
    terminal.out(
      `${catalogue.controls.length} controls, ${catalogue.capabilities.length} capabilities, ${catalogue.connectors.length} connectors, ${catalogue.risks.length} risks: no problem found.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    terminal.out(error.message);
    return 3;
  }
}

/**
 * `bylaw catalogue show ID`: describes a control, capability, connector or risk. "clauses" lists the clauses that a
 * policy may contain; without an id, the controls are listed.
 */
export function catalogueShowCommand(id: string | undefined, terminal: Terminal): number {
  const catalogue = loadCatalogue();
  if (id === undefined) {
    for (const control of catalogue.controls)
      terminal.out(`${control.id}  ${control.severity.padEnd(8)}  ${control.title}`);
    return 0;
  }
  const wanted = id.toLowerCase();
  if (wanted === 'clauses') {
    for (const clause of catalogue.clauses)
      terminal.out(`${clause.id.padEnd(26)}  ${clause.required ? 'required' : 'optional'}  ${clause.title}`);
    return 0;
  }
  const control = catalogue.controls.find(
    (c) => c.id.toLowerCase() === wanted || c.id.toLowerCase() === `cla-${wanted}`,
  );
  if (control) {
    terminal.out(terminal.bold(`${control.id} v${control.version}  ${control.title}`));
    terminal.out(`${control.severity}, guide ${control.guide.join(' ') || 'does not name it'}`);
    terminal.out(`\nWhy\n  ${control.why.trim()}`);
    if (control.needs.length > 0)
      terminal.out(
        `\nNeeds\n  ${control.needs.join(', ')}; without it: ${STATE_WORDS[control.unlicensed?.state ?? 'not_licensed']}. ${control.unlicensed?.instead ?? ''}`,
      );
    if (control.enforcedBy)
      terminal.out(
        `\nEnforced by\n  ${control.enforcedBy.needs.join(', ')}. ${control.enforcedBy.otherwise}`,
      );
    terminal.out('\nDecided by, in this order');
    for (const check of control.checks)
      terminal.out(
        `  ${check.rule}${check.reads.length > 0 ? ` (reads ${check.reads.join(', ')}${check.freshDays ? `; valid for ${check.freshDays} days` : ''})` : ''}`,
      );
    terminal.out(`\nHow to fix (about ${control.remediation.minutes} minutes, ${control.remediation.who})`);
    control.remediation.steps.forEach((step, index) => {
      terminal.out(`  ${index + 1}. ${step.do}`);
      if (step.where)
        terminal.out(`     ${step.where}${step.checked ? ` (checked ${dayWords(step.checked)})` : ''}`);
      if (step.command) terminal.out(`     ${step.command.trim().split('\n').join('\n     ')}`);
    });
    for (const fact of control.facts) showCapability(fact, terminal, catalogue);
    return 0;
  }
  if (showCapability(wanted, terminal, catalogue)) return 0;
  const connector = catalogue.connectors.find((c) => c.id === wanted);
  if (connector) {
    showConnector(connector, terminal);
    return 0;
  }
  const risk = catalogue.risks.find((r) => r.id === wanted);
  if (!risk)
    throw new Problem(`The catalogue has no entry “${id}”. “bylaw catalogue show” lists the controls.`);
  terminal.out(terminal.bold(`${risk.id}  ${risk.title}`));
  terminal.out(
    `  ${risk.story.trim()}\n  What remains: ${risk.residual.trim()}\n  Controls: ${risk.controls.join(', ')}`,
  );
  return 0;
}

function showConnector(connector: Connector, terminal: Terminal): void {
  terminal.out(terminal.bold(`${connector.id}  ${connector.name}`));
  terminal.out(`  Reaches          ${dataWords(connector.dataClasses)}`);
  terminal.out(`  Sensitivity      ${connector.sensitivity}`);
  terminal.out(`  Verified domain  ${verifiedDomainWords(connector.verifiedDomain)}`);
  terminal.out(`  Managed sign-in  ${managedAuthWords(connector.managedAuth)}`);
  terminal.out('\nActions: effect, the guide’s baseline');
  for (const action of connector.actions) {
    const offered = alwaysAllowWords(action.alwaysAllowOffered);
    terminal.out(
      `  ${action.effect.padEnd(7)} ${(action.baseline ?? '-').padEnd(7)} ${action.title}${action.scope ? `  (${action.scope})` : ''}${offered ? `  ${offered}.` : ''}`,
    );
  }
  terminal.out('\nLimits');
  for (const limit of connector.limits ?? [{ says: 'The vendor does not say.' }])
    terminal.out(`  ${limit.says}`);
  if (connector.note) terminal.out(`\nNote\n  ${connector.note.trim()}`);
  terminal.out('\nSources');
  for (const source of connector.sources)
    terminal.out(`  ${source.title}, read ${dayWords(source.read)}: ${source.url}`);
}

function showCapability(
  id: string,
  terminal: Terminal,
  catalogue: ReturnType<typeof loadCatalogue>,
): boolean {
  const capability = catalogue.capabilities.find((c) => c.id === id);
  if (!capability) return false;
  terminal.out(`\n${terminal.bold(capability.id)}  ${capability.title}`);
  if (capability.guide)
    terminal.out(`  Guide (${monthWords(capability.guide.asOf)}): ${capability.guide.says.trim()}`);
  terminal.out(
    `  Vendor (${dayWords(capability.vendor.asOf)}, ${capability.vendor.status}): ${capability.vendor.says.trim()}`,
  );
  for (const source of capability.vendor.sources)
    terminal.out(`    ${source.title}, read ${dayWords(source.read)}: ${source.url}`);
  return true;
}
