import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { fill, SAMPLE } from '#domain/baselines/placeholders.ts';
import { categoriesOf, exampleProblem } from '#domain/detections/examples.ts';
import { lintDetections } from '#domain/detections/pack.ts';
import { baselineSchema, type ShippedBaseline } from '#domain/model/baseline.ts';
import type { Cadence } from '#domain/model/cadence.ts';
import { type Catalogue, type Condition, DATA_CLASSES } from '#domain/model/catalogue.ts';
import type { Journey } from '#domain/model/journey.ts';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { JOURNEY_KINDS, type JourneyStep } from '#domain/model/person-journey.ts';
import { TEXT_IDS } from '#domain/model/policy-text.ts';
import { MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { templateFaults } from '#domain/policy/content.ts';
import { textFaults } from '#domain/policy/texts.ts';
import { findRule, RULES } from '#domain/rules/index.ts';
import { lintActivityTypes } from './lint-activities.ts';
import { lintAiTools } from './lint-ai-tools.ts';
import { lintConnector } from './lint-connectors.ts';
import { lintDeviceProduct } from './lint-devices.ts';
import { lintDlp } from './lint-dlp.ts';
import { lintNetwork } from './lint-network.ts';
import { lintPlaybook } from './lint-playbooks.ts';
import { CATALOGUE_FOLDER } from './load.ts';
import type { CatalogueProblem } from './problem.ts';

const DOCUMENTS = ['profile', 'charter', 'journal', 'attestations'];

/** What no schema can see: names that point nowhere, rules without a control, guide rows that do not exist. */
export function lintCatalogue(
  catalogue: Catalogue,
  folder: string = CATALOGUE_FOLDER,
): readonly CatalogueProblem[] {
  const problems: CatalogueProblem[] = [];
  const say = (file: string, says: string) => problems.push({ file, line: null, says });
  const guide = new Set(guideTrace(folder).map((row) => row.id));
  const capabilities = new Set(catalogue.capabilities.map((c) => c.id));
  const controls = new Set(catalogue.controls.map((c) => c.id));
  const connectors = new Set(catalogue.connectors.map((c) => c.id));
  const plans = new Set(catalogue.licenses.servicePlans.map((p) => p.name));
  const addOns = new Set(catalogue.licenses.addOns.map((a) => a.id));
  const reads = new Set<string>([...ALL_KINDS, ...DOCUMENTS]);

  unique('controls', catalogue.controls, say);
  unique('capabilities', catalogue.capabilities, say);
  unique('connectors', catalogue.connectors, say);
  unique('risks', catalogue.risks, say);
  unique('messages', catalogue.messages, say);

  for (const control of catalogue.controls) {
    const file = `controls/${control.id}.yaml`;
    if (!existsSync(join(folder, file)))
      say(file, `the control ${control.id} must be in a file of its own name`);
    for (const row of control.guide) if (!guide.has(row)) say(file, `guide row ${row} does not exist`);
    for (const id of [...control.needs, ...(control.enforcedBy?.needs ?? []), ...control.facts])
      if (!capabilities.has(id)) say(file, `capability ${id} does not exist`);
    if (control.needs.length > 0 && !control.unlicensed)
      say(file, 'names capabilities under "needs" and must say under "unlicensed" what replaces them');
    for (const step of control.remediation.steps)
      if (step.where && !step.checked)
        say(file, `the step "${step.do}" gives a menu path and must say when it was checked`);
    for (const check of control.checks) {
      for (const kind of check.reads)
        if (!reads.has(kind)) say(file, `check ${check.rule} reads "${kind}", which is no kind of reading`);
      if (!RULES.some((rule) => rule.name === check.rule))
        say(
          file,
          `rule "${check.rule}" does not exist: write it in src/domain/rules, and register it in the index.ts there`,
        );
      else {
        const result = findRule(check.rule).params.safeParse(check.with);
        if (!result.success)
          say(
            file,
            `rule ${check.rule}: ${result.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
          );
      }
    }
    if (control.appliesWhen)
      lintCondition(control.appliesWhen, (says) => say(file, says), capabilities, connectors);
  }
  for (const capability of catalogue.capabilities) {
    const file = `capabilities/${capability.id.replace('.', '-')}.yaml`;
    if (!existsSync(join(folder, file)))
      say(file, `the capability ${capability.id} must be in a file of its own name`);
    for (const row of capability.guideRows) if (!guide.has(row)) say(file, `guide row ${row} does not exist`);
    for (const id of capability.grantedBy.alsoNeeds ?? [])
      if (!capabilities.has(id)) say(file, `capability ${id} does not exist`);
    for (const plan of capability.grantedBy.servicePlans ?? [])
      if (!plans.has(plan)) say(file, `service plan ${plan} is not in licenses.yaml`);
    for (const addOn of capability.grantedBy.addOns ?? [])
      if (!addOns.has(addOn)) say(file, `add-on ${addOn} is not in licenses.yaml`);
  }
  for (const risk of catalogue.risks) {
    for (const id of risk.controls)
      if (!controls.has(id)) say(`risks/${risk.id}.yaml`, `control ${id} does not exist`);
    for (const row of risk.guideRows)
      if (!guide.has(row)) say(`risks/${risk.id}.yaml`, `guide row ${row} does not exist`);
  }
  unique('playbooks', catalogue.playbooks, say);
  const detections = new Set(catalogue.detections.map(({ bylaw }) => bylaw.id));
  for (const playbook of catalogue.playbooks)
    lintPlaybook(playbook, { guide, controls, detections, capabilities }, (says) =>
      say(`playbooks/${playbook.id}.yaml`, says),
    );
  for (const connector of catalogue.connectors) {
    for (const row of connector.guideRows)
      if (!guide.has(row)) say(`connectors/${connector.id}.yaml`, `guide row ${row} does not exist`);
    lintConnector(connector, (says) => say(`connectors/${connector.id}.yaml`, says));
  }
  for (const method of catalogue.ams.methods) {
    for (const row of method.guideRows)
      if (!guide.has(row)) say('ams/methods.yaml', `guide row ${row} does not exist`);
    for (const { id, control } of method.needs)
      if (control !== undefined && !controls.has(control))
        say('ams/methods.yaml', `${method.id}, ${id}: control ${control} does not exist`);
  }
  for (const { id, guideRows } of catalogue.requestReview.questions)
    for (const row of guideRows)
      if (!guide.has(row)) say('requests/review.yaml', `${id}: guide row ${row} does not exist`);
  for (const { id, guide: rows } of [...catalogue.training.slides, ...catalogue.training.quiz.questions])
    for (const row of rows)
      if (!guide.has(row)) say('training/training.yaml', `${id}: guide row ${row} does not exist`);
  unique('training', catalogue.training.slides, say);
  unique('training', catalogue.training.quiz.questions, say);
  const actions = new Set(
    catalogue.connectors.flatMap(({ id, actions: list }) => [id, ...list.map((one) => `${id}/${one.id}`)]),
  );
  for (const { scope, for: users } of catalogue.connectorScopes.scopes)
    for (const user of users)
      if (!actions.has(user))
        say(
          'microsoft/connector-scopes.yaml',
          `${scope}: ${user} is no connector or action of the catalogue`,
        );
  for (const { id, control, needs, guideRows } of catalogue.conditionalAccess.policies) {
    const report = (says: string) => say('microsoft/conditional-access.yaml', `${id}: ${says}`);
    if (!controls.has(control)) report(`control ${control} does not exist`);
    for (const need of needs) if (!capabilities.has(need)) report(`capability ${need} does not exist`);
    for (const row of guideRows) if (!guide.has(row)) report(`guide row ${row} does not exist`);
  }
  lintDlp(catalogue.dlp, say);
  lintNetwork(catalogue, guide, say);
  lintAiTools(catalogue, say);
  lintActivityTypes(catalogue, guide, say);
  for (const product of catalogue.devices)
    lintDeviceProduct(product, (says) => say(`devices/${product.id}.yaml`, says));
  for (const clause of catalogue.clauses) {
    for (const row of clause.guideRows)
      if (!guide.has(row)) say('policy/clauses.yaml', `guide row ${row} does not exist`);
    for (const control of clause.controls)
      if (!controls.has(control)) say('policy/clauses.yaml', `control ${control} does not exist`);
  }
  for (const kind of DATA_CLASSES)
    if (!Object.hasOwn(catalogue.policyTemplate.data, kind))
      say('policy/template.yaml', `the data ${kind} has no words`);
  for (const says of templateFaults(catalogue.policyTemplate, catalogue.clauses))
    say('policy/template.yaml', says);
  for (const id of TEXT_IDS)
    if (!catalogue.policyTexts.some((text) => text.id === id)) say(`texts/${id}.yaml`, 'is missing');
  for (const text of catalogue.policyTexts)
    for (const says of textFaults(text, { guide, capabilities })) say(`texts/${text.id}.yaml`, says);
  for (const journey of catalogue.journeys)
    lintJourney(journey, { guide, controls, capabilities }, (says) =>
      say(`journeys/${journey.id}.yaml`, says),
    );
  for (const kind of JOURNEY_KINDS)
    if (!catalogue.personJourneys.some(({ id }) => id === kind))
      say(`journeys/people/${kind}.yaml`, 'is missing');
  for (const { id, steps } of catalogue.personJourneys)
    lintSteps(steps, guide, (says) => say(`journeys/people/${id}.yaml`, says));
  for (const kind of MESSAGE_KINDS)
    if (!catalogue.messages.some(({ id }) => id === kind))
      say(`messages/${kind}.yaml`, 'is missing: every kind of message needs a text');
  lintDetections(catalogue.detections, (id, says) => say(`detections/${id}.yaml`, says));
  const categoryOf = categoriesOf(catalogue);
  for (const detection of catalogue.detections) {
    const { bylaw } = detection;
    const file = `detections/${bylaw.id}.yaml`;
    if (!existsSync(join(folder, file)))
      say(file, `the detection ${bylaw.id} must be in a file of its own name`);
    for (const row of bylaw.guide) if (!guide.has(row)) say(file, `guide row ${row} does not exist`);
    if (bylaw.alerts && bylaw.playbook.length === 0) say(file, 'raises alerts and has no playbook');
    if (bylaw.examples.length === 0) say(file, 'has no example');
    for (const example of bylaw.examples) {
      const wrong = exampleProblem(detection, example, categoryOf);
      if (wrong !== null) say(file, `example "${example.title}": ${wrong}`);
    }
  }
  for (const one of catalogue.undetected) {
    const file = 'limits/undetected.yaml';
    if (!controls.has(one.control)) say(file, `${one.id}: control ${one.control} does not exist`);
    for (const row of one.guide) if (!guide.has(row)) say(file, `${one.id}: guide row ${row} does not exist`);
  }
  const tasks = new Set(catalogue.journeys.flatMap((journey) => journey.tasks.map((task) => task.id)));
  for (const shipped of catalogue.baselines)
    lintBaseline(shipped, { guide, tasks }, (says) => say(`baselines/${shipped.id}.yaml`, says));
  for (const { id, sections } of catalogue.audiences.audiences)
    for (const row of sections.flatMap((section) => section.guide))
      if (!guide.has(row)) say('audiences/audiences.yaml', `${id}: guide row ${row} does not exist`);
  lintCadence(catalogue.cadence, { guide, controls }, (says) => say('cadence/recurring.yaml', says));
  lintReviews(catalogue, { guide, controls }, (says) => say('reviews/reviews.yaml', says));
  const { minimum, keyCapabilities, uploads } = catalogue.licenses;
  for (const one of [...keyCapabilities, ...uploads, ...(minimum === undefined ? [] : [minimum])]) {
    const wanted = 'needs' in one ? one.needs : (one.capability ?? []);
    for (const id of [wanted].flat())
      if (!capabilities.has(id)) say('licenses/licenses.yaml', `capability ${id} does not exist`);
    for (const id of 'control' in one ? [one.control] : one.controls)
      if (!controls.has(id)) say('licenses/licenses.yaml', `control ${id} does not exist`);
    if (!guide.has(one.guideRow)) say('licenses/licenses.yaml', `guide row ${one.guideRow} does not exist`);
  }
  for (const { capability, removes, guideRow } of catalogue.licenses.tracks) {
    for (const id of [capability, ...removes])
      if (!capabilities.has(id)) say('licenses/licenses.yaml', `capability ${id} does not exist`);
    if (!guide.has(guideRow)) say('licenses/licenses.yaml', `guide row ${guideRow} does not exist`);
  }
  for (const sku of catalogue.licenses.skus) {
    // A product that counts as carrying nothing makes a tenant's licenses known, so each needs a source of its own.
    if (sku.tier === 'free' && (sku.source === undefined || sku.skuId === null))
      say('licenses/licenses.yaml', `SKU ${sku.partNumber}: a free product needs its id and its own source`);
    for (const plan of sku.servicePlans)
      if (!plans.has(plan))
        say('licenses/licenses.yaml', `SKU ${sku.partNumber}: service plan ${plan} is not listed`);
  }
  const used = new Set(catalogue.controls.flatMap((control) => control.checks.map((check) => check.rule)));
  for (const rule of RULES)
    if (!used.has(rule.name)) say(`src/domain/rules`, `rule "${rule.name}" decides no control`);
  return problems;
}

/** A baseline that comes with Bylaw has to be one that people could write. */
function lintBaseline(
  { baseline, guideRows }: ShippedBaseline,
  known: Readonly<Record<'guide' | 'tasks', ReadonlySet<string>>>,
  say: (says: string) => void,
): void {
  for (const row of guideRows) if (!known.guide.has(row)) say(`guide row ${row} does not exist`);
  const filled = fill(baseline, SAMPLE);
  for (const { says } of filled.problems) say(says);
  const result = baselineSchema.safeParse(filled.value);
  if (!result.success) {
    for (const issue of result.error.issues) say(`${issue.path.join('.')}: ${issue.message}`);
    return;
  }
  for (const { task } of result.data.deployment)
    if (!known.tasks.has(task)) say(`task ${task} does not exist`);
}

/** A task may wait only for tasks that stand before it, so that no two wait for each other. */
function lintJourney(
  { phases, places: there, tasks, reference, immediate }: Journey,
  known: Readonly<Record<'guide' | 'controls' | 'capabilities', ReadonlySet<string>>>,
  say: (says: string) => void,
): void {
  const before = new Set<string>();
  const places = new Set(there.map(({ id }) => id));
  for (const task of tasks) {
    if (before.has(task.id)) say(`task ${task.id} is there twice`);
    if (!phases.some(({ id }) => id === task.phase))
      say(`task ${task.id}: phase ${task.phase} does not exist`);
    for (const id of task.after)
      if (!before.has(id)) say(`task ${task.id} waits for "${id}", which is not before it`);
    if (task.after.length > 0 && task.waits === undefined)
      say(`task ${task.id} waits and must say why under "waits"`);
    for (const id of task.proof)
      if (!known.controls.has(id)) say(`task ${task.id}: control ${id} does not exist`);
    for (const row of task.guide)
      if (!known.guide.has(row)) say(`task ${task.id}: guide row ${row} does not exist`);
    if (task.differs !== undefined && !known.capabilities.has(task.differs))
      say(`task ${task.id}: capability ${task.differs} does not exist`);
    for (const { place } of task.at)
      if (!places.has(place)) say(`task ${task.id}: place ${place} does not exist`);
    before.add(task.id);
  }
  for (const place of there) {
    if (place.url !== undefined && (place.checked === undefined || place.source === undefined))
      say(`place ${place.id}: say where the way there was read, and when`);
    if (!tasks.some(({ at }) => at.some((one) => one.place === place.id)))
      say(`place ${place.id}: no task is done there`);
  }
  for (const line of [...reference, ...immediate]) {
    if (!known.guide.has(line.id)) say(`reference ${line.id}: guide row does not exist`);
    if (!before.has(line.task)) say(`reference ${line.id}: task ${line.task} does not exist`);
    for (const id of line.proof)
      if (!known.controls.has(id)) say(`reference ${line.id}: control ${id} does not exist`);
    for (const id of [...line.order, ...(line.case === undefined ? [] : [line.case])])
      if (!line.proof.includes(id)) say(`reference ${line.id}: ${id} is not among its proof`);
  }
}

/** Each step once, with rows of the guide that are there. */
function lintSteps(
  steps: readonly JourneyStep[],
  guide: ReadonlySet<string>,
  say: (says: string) => void,
): void {
  const seen = new Set<string>();
  for (const step of steps) {
    if (seen.has(step.id)) say(`step ${step.id} is there twice`);
    for (const id of step.after)
      if (!seen.has(id)) say(`step ${step.id}: waits for ${id}, which is no step before it`);
    seen.add(step.id);
    for (const row of step.guide)
      if (!guide.has(row)) say(`step ${step.id}: guide row ${row} does not exist`);
  }
}

function lintCadence(
  { tasks, alerts }: Cadence,
  known: Readonly<Record<'guide' | 'controls', ReadonlySet<string>>>,
  say: (says: string) => void,
): void {
  const before = new Set<string>();
  for (const task of tasks) {
    if (before.has(task.id)) say(`task ${task.id} is there twice`);
    for (const id of task.proof)
      if (!known.controls.has(id)) say(`task ${task.id}: control ${id} does not exist`);
    for (const row of task.guide)
      if (!known.guide.has(row)) say(`task ${task.id}: guide row ${row} does not exist`);
    for (const step of task.steps)
      if (step.where && !step.checked)
        say(`task ${task.id}: the step "${step.do}" gives a menu path and must say when it was checked`);
    before.add(task.id);
  }
  if (alerts !== undefined && !before.has(alerts.owner))
    say(`alerts: the task ${alerts.owner} does not exist`);
}

/** A review names what is there, and each area of its recurring task once. */
function lintReviews(
  { reviews, cadence }: Pick<Catalogue, 'reviews' | 'cadence'>,
  known: Readonly<Record<'guide' | 'controls', ReadonlySet<string>>>,
  say: (says: string) => void,
): void {
  for (const { kind, task, items } of reviews.reviews) {
    const recurring = cadence.tasks.find(({ id }) => id === task);
    if (recurring?.review?.kind !== kind) say(`${kind}: ${task} is no recurring task of this review`);
    const areas = items.flatMap(({ area }) => area ?? []);
    if (areas.toSorted().join() !== (recurring?.review?.areas ?? []).toSorted().join())
      say(`${kind}: its items cover other areas than ${task}`);
    if (new Set(items.map(({ id }) => id)).size < items.length) say(`${kind}: an item is there twice`);
    for (const { id, guide, escalates, also } of items) {
      for (const row of guide) if (!known.guide.has(row)) say(`${id}: guide row ${row} does not exist`);
      for (const signal of [...escalates, ...also])
        if (signal.startsWith('CLA-') && !known.controls.has(signal))
          say(`${id}: control ${signal} does not exist`);
    }
  }
}

/** One row of catalogue/guide.csv: which entries implement it, and whether it was tried. Files say it of themselves. */
export interface GuideTrace {
  readonly id: string;
  readonly entries: readonly string[];
  /** When and how the row was last tried on a running server, see `TRIED` in scripts/checks/trace.ts; empty when never. */
  readonly tried: string;
  /** "planned: …" while something is missing; empty when the row is implemented. */
  readonly planned: string;
}

/** Reads the trace; a missing file is an empty trace. */
export function guideTrace(folder: string = CATALOGUE_FOLDER): readonly GuideTrace[] {
  const path = join(folder, 'guide.csv');
  if (!existsSync(path)) return [];
  const rows = parse(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true }) as Record<
    string,
    string
  >[];
  const list = (text: string | undefined) => (text ?? '').split(' ').filter((word) => word !== '');
  return rows.map((row) => ({
    id: row.id ?? '',
    entries: list(row.entries),
    tried: row.tried ?? '',
    planned: row.planned ?? '',
  }));
}

function unique(
  what: string,
  entries: readonly { id: string }[],
  say: (file: string, says: string) => void,
): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) say(what, `${id} is defined twice`);
    seen.add(id);
  }
}

function lintCondition(
  condition: Condition,
  say: (says: string) => void,
  capabilities: ReadonlySet<string>,
  connectors: ReadonlySet<string>,
): void {
  if ('all' in condition)
    for (const part of condition.all) lintCondition(part, say, capabilities, connectors);
  else if ('any' in condition)
    for (const part of condition.any) lintCondition(part, say, capabilities, connectors);
  else if ('not' in condition) lintCondition(condition.not, say, capabilities, connectors);
  else if ('capability' in condition && !capabilities.has(condition.capability))
    say(`appliesWhen: capability ${condition.capability} does not exist`);
  else if ('connector' in condition && !connectors.has(condition.connector))
    say(`appliesWhen: connector ${condition.connector} does not exist`);
}
// Guide: G2.2-02
