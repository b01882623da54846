import type { Playbook, PlaybookField } from '#domain/model/playbook.ts';
import { type Known, noneMissing } from './none-missing.ts';

interface KnownHere extends Known {
  readonly detections: ReadonlySet<string>;
  readonly clauses: ReadonlySet<string>;
}

/** Checks of playbooks beyond the schema: dangling references, and containment that nothing could prove. */
export function lintPlaybook(playbook: Playbook, known: KnownHere, say: (says: string) => void): void {
  const rows = [...playbook.guideRows, ...playbook.steps.flatMap(({ guide }) => guide)];
  noneMissing(known, { guide: rows }, say);
  for (const clause of playbook.clauses ?? [])
    if (!known.clauses.has(clause)) say(`the policy has no clause “${clause}”`);
  for (const rule of playbook.proposedFor)
    if (!known.detections.has(rule)) say(`detection ${rule} does not exist`);
  if (!playbook.steps.some(({ kind }) => kind === 'contain')) say('has no step that contains');
  if (!playbook.steps.some(({ kind }) => kind === 'learn')) say('has no step for lessons');
  const before = new Set<string>();
  for (const step of playbook.steps) {
    const where = `step ${step.id}`;
    if (before.has(step.id)) say(`${where} is there twice`);
    for (const id of step.after)
      if (!before.has(id)) say(`${where} comes after ${id}, which is not before it`);
    before.add(step.id);
    if (step.checks.some(({ by }) => by === 'permissions') && step.leaveOut === 'never')
      say(`${where}: a proposal may be refused, so that the step must be one that can be left out`);
    const controls = step.checks.flatMap((check) => (check.by === 'control' ? [check.control] : []));
    const capabilities = step.how.flatMap(({ needs }) => needs ?? []);
    noneMissing(known, { controls, capabilities }, say, `${where}: `);
    for (const { where: path, checked, do: does } of step.how)
      if (path !== undefined && checked === undefined)
        say(`${where}: “${does}” gives a menu path and must say when it was checked`);
    lintFields(step.fields, (says) => say(`${where}: ${says}`));
    const { writesInto, fields = [] } = step.entries ?? {};
    if (writesInto !== undefined && !fields.some((field) => field.id === writesInto && field.kind === 'text'))
      say(`${where}: writesInto names ${writesInto}, which is no field of text`);
    lintFields(step.entries?.fields ?? [], (says) => say(`${where}: ${says}`));
  }
}

function lintFields(fields: readonly PlaybookField[], say: (says: string) => void): void {
  const before = new Map<string, PlaybookField>();
  for (const field of fields) {
    if (before.has(field.id)) say(`the field ${field.id} is there twice`);
    if ((field.kind === 'choice') !== field.options.length > 0)
      say(`${field.id}: options belong to a choice, and a choice has some`);
    if (field.when !== undefined) {
      const on = before.get(field.when.field);
      const known = new Set(on?.options.map(({ id }) => id));
      for (const id of field.when.is)
        if (!known.has(id)) say(`${field.id}: “${id}” is no answer of ${field.when.field}`);
    }
    before.set(field.id, field);
  }
}
