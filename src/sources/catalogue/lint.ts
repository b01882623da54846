import { join } from 'node:path';
import { categoriesOf, exampleProblem } from '#domain/detections/examples.ts';
import { lintDetections } from '#domain/detections/pack.ts';
import { type Catalogue, type Condition, DATA_CLASSES } from '#domain/model/catalogue.ts';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { JOURNEY_KINDS } from '#domain/model/person-journey.ts';
import { TEXT_IDS } from '#domain/model/policy-text.ts';
import { MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { templateFaults } from '#domain/policy/content.ts';
import { textFaults } from '#domain/policy/texts.ts';
import { findRule, RULES } from '#domain/rules/index.ts';
import { guideTrace } from './guide-trace.ts';
import { lintActivityTypes } from './lint-activities.ts';
import { lintAiTools } from './lint-ai-tools.ts';
import { lintConnector } from './lint-connectors.ts';
import { lintDetectionFields } from './lint-detections.ts';
import { lintDeviceProduct } from './lint-devices.ts';
import { lintDlp } from './lint-dlp.ts';
import { lintNetwork } from './lint-network.ts';
import { lintPlaybook } from './lint-playbooks.ts';
import { lintBaseline, lintCadence, lintJourney, lintReviews, lintSteps } from './lint-work.ts';
import { CATALOGUE_FOLDER } from './load.ts';
import { noneMissing } from './none-missing.ts';
import { type CatalogueProblem, lineWith } from './problem.ts';

type Say = (file: string, says: string, about?: string) => void;

const DOCUMENTS = ['profile', 'charter', 'journal', 'attestations'];

/** Checks beyond the schemas: dangling references, rules without a control, nonexistent rows of the guide. */
export function lintCatalogue(
  catalogue: Catalogue,
  folder: string = CATALOGUE_FOLDER,
): readonly CatalogueProblem[] {
  const problems: CatalogueProblem[] = [];
  /** `about`: text by which the line in the file is found; omitted: the problem concerns the whole file. */
  const say: Say = (file, says, about) =>
    problems.push({ file, line: about === undefined ? null : lineWith(join(folder, file), about), says });
  const guide = new Set(guideTrace(folder).map((row) => row.id));
  const capabilities = new Set(catalogue.capabilities.map((c) => c.id));
  const controls = new Set(catalogue.controls.map((c) => c.id));
  const connectors = new Set(catalogue.connectors.map((c) => c.id));
  const plans = new Set(catalogue.licenses.servicePlans.map((p) => p.name));
  const addOns = new Set(catalogue.licenses.addOns.map((a) => a.id));
  const reads = new Set<string>([...ALL_KINDS, ...DOCUMENTS]);
  const known = { guide, capabilities, controls };
  const at = (file: string) => (says: string, about?: string) => say(file, says, about);

  for (const control of catalogue.controls) {
    const file = `controls/${control.id}.yaml`;
    noneMissing(
      known,
      {
        guide: control.guide,
        capabilities: [...control.needs, ...(control.enforcedBy?.needs ?? []), ...control.facts],
      },
      at(file),
    );
    if (control.needs.length > 0 && !control.unlicensed)
      say(
        file,
        'names capabilities under “needs” and must say under “unlicensed” what replaces them',
        'needs',
      );
    for (const step of control.remediation.steps)
      if (step.where && !step.checked)
        say(
          file,
          `the step “${step.do}” gives a menu path and must say when it was checked, as “checked: 2026-08-22”`,
          step.do,
        );
    for (const check of control.checks) {
      for (const kind of check.reads)
        if (!reads.has(kind))
          say(file, `check ${check.rule} reads “${kind}”, which is no kind of reading`, kind);
      if (!RULES.some((rule) => rule.name === check.rule))
        say(
          file,
          `rule “${check.rule}” does not exist: write it in src/domain/rules, and register it in the index.ts there`,
          check.rule,
        );
      else {
        const result = findRule(check.rule).params.safeParse(check.with);
        if (!result.success)
          say(
            file,
            `rule ${check.rule}: ${result.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
            check.rule,
          );
      }
    }
    if (control.appliesWhen) lintCondition(control.appliesWhen, at(file), capabilities, connectors);
  }
  for (const capability of catalogue.capabilities) {
    const file = `capabilities/${capability.id.replace('.', '-')}.yaml`;
    noneMissing(
      known,
      {
        guide: capability.guideRows,
        capabilities: [...(capability.grantedBy.alsoNeeds ?? []), ...(capability.grantedBy.anyOf ?? [])],
      },
      at(file),
    );
    for (const plan of capability.grantedBy.servicePlans ?? [])
      if (!plans.has(plan)) say(file, `service plan ${plan} is not in licenses.yaml`);
    for (const addOn of capability.grantedBy.addOns ?? [])
      if (!addOns.has(addOn)) say(file, `add-on ${addOn} is not in licenses.yaml`);
  }
  for (const risk of catalogue.risks) {
    noneMissing(known, { controls: risk.controls, guide: risk.guideRows }, at(`risks/${risk.id}.yaml`));
  }
  const clauses = new Set(catalogue.clauses.map(({ id }) => id));
  const detections = new Set(catalogue.detections.map(({ bylaw }) => bylaw.id));
  for (const playbook of catalogue.playbooks)
    lintPlaybook(playbook, { ...known, detections, clauses }, at(`playbooks/${playbook.id}.yaml`));
  for (const connector of catalogue.connectors) {
    noneMissing(known, { guide: connector.guideRows }, at(`connectors/${connector.id}.yaml`));
    lintConnector(connector, at(`connectors/${connector.id}.yaml`));
    if (connector.recordsIn && !catalogue.connectors.some(({ id }) => id === connector.recordsIn))
      at(`connectors/${connector.id}.yaml`)(`recordsIn names ${connector.recordsIn}, which does not exist`);
  }
  for (const method of catalogue.ams.methods) {
    noneMissing(known, { guide: method.guideRows }, at('ams/methods.yaml'));
    for (const { id, control } of method.needs)
      noneMissing(
        known,
        { controls: control === undefined ? [] : [control] },
        at('ams/methods.yaml'),
        `${method.id}, ${id}: `,
      );
  }
  for (const { id, guideRows } of catalogue.requestReview.questions)
    noneMissing(known, { guide: guideRows }, at('requests/review.yaml'), `${id}: `);
  for (const { id, guide: rows } of [...catalogue.training.slides, ...catalogue.training.quiz.questions])
    noneMissing(known, { guide: rows }, at('training/training.yaml'), `${id}: `);
  unique('training/training.yaml', catalogue.training.slides, say);
  unique('training/training.yaml', catalogue.training.quiz.questions, say);
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
    noneMissing(known, { controls: [control], capabilities: needs, guide: guideRows }, report);
  }
  lintDlp(catalogue.dlp, say);
  lintNetwork(catalogue, guide, say);
  lintAiTools(catalogue, say);
  lintActivityTypes(catalogue, guide, say);
  for (const product of catalogue.devices) lintDeviceProduct(product, at(`devices/${product.id}.yaml`));
  for (const clause of catalogue.clauses) {
    noneMissing(known, { guide: clause.guideRows, controls: clause.controls }, at('policy/clauses.yaml'));
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
  for (const journey of catalogue.journeys) lintJourney(journey, known, at(`journeys/${journey.id}.yaml`));
  for (const kind of JOURNEY_KINDS)
    if (!catalogue.personJourneys.some(({ id }) => id === kind))
      say(`journeys/people/${kind}.yaml`, 'is missing');
  for (const { id, steps } of catalogue.personJourneys)
    lintSteps(steps, known, at(`journeys/people/${id}.yaml`));
  for (const kind of MESSAGE_KINDS)
    if (!catalogue.messages.some(({ id }) => id === kind))
      say(`messages/${kind}.yaml`, 'is missing: every kind of message needs a text');
  lintDetections(catalogue.detections, (id, says) => say(`detections/${id}.yaml`, says));
  lintDetectionFields(catalogue, (id, says, about) => say(`detections/${id}.yaml`, says, about));
  const categoryOf = categoriesOf(catalogue);
  for (const detection of catalogue.detections) {
    const { bylaw } = detection;
    const file = `detections/${bylaw.id}.yaml`;
    noneMissing(known, { guide: bylaw.guide }, at(file));
    if (bylaw.alerts && bylaw.playbook.length === 0) say(file, 'raises alerts and has no playbook');
    if (!bylaw.examples.some(({ fires }) => fires)) say(file, 'has no example that fires');
    if (bylaw.examples.every(({ fires }) => fires)) say(file, 'has no example that does not fire');
    for (const example of bylaw.examples) {
      const wrong = exampleProblem(detection, example, categoryOf);
      if (wrong !== null) say(file, `example “${example.title}”: ${wrong}`);
    }
  }
  for (const one of catalogue.undetected) {
    const file = 'limits/undetected.yaml';
    noneMissing(known, { controls: [one.control], guide: one.guide }, at(file), `${one.id}: `);
  }
  const tasks = new Set(catalogue.journeys.flatMap((journey) => journey.tasks.map((task) => task.id)));
  for (const shipped of catalogue.baselines)
    lintBaseline(shipped, { ...known, tasks }, at(`baselines/${shipped.id}.yaml`));
  for (const { id, sections } of catalogue.audiences.audiences)
    noneMissing(
      known,
      { guide: sections.flatMap((section) => section.guide) },
      at('audiences/audiences.yaml'),
      `${id}: `,
    );
  lintCadence(catalogue.cadence, known, at('cadence/recurring.yaml'));
  lintReviews(catalogue, known, at('reviews/reviews.yaml'));
  const { minimum, keyCapabilities, uploads } = catalogue.licenses;
  for (const one of [...keyCapabilities, ...uploads, ...(minimum === undefined ? [] : [minimum])]) {
    const wanted = 'needs' in one ? one.needs : (one.capability ?? []);
    noneMissing(
      known,
      {
        guide: [one.guideRow],
        capabilities: [wanted].flat(),
        controls: 'control' in one ? [one.control] : one.controls,
      },
      at('licenses/licenses.yaml'),
    );
  }
  for (const { capability, removes, guideRow } of catalogue.licenses.tracks) {
    noneMissing(
      known,
      { capabilities: [capability, ...removes], guide: [guideRow] },
      at('licenses/licenses.yaml'),
    );
  }
  for (const sku of catalogue.licenses.skus) {
    // A product that counts as free makes a tenant's licenses known, so each needs its own source.
    if (sku.tier === 'free' && (sku.source === undefined || sku.skuId === null))
      say('licenses/licenses.yaml', `SKU ${sku.partNumber}: a free product needs its id and its own source`);
    for (const plan of sku.servicePlans)
      if (!plans.has(plan))
        say('licenses/licenses.yaml', `SKU ${sku.partNumber}: service plan ${plan} is not listed`);
  }
  const used = new Set(catalogue.controls.flatMap((control) => control.checks.map((check) => check.rule)));
  for (const rule of RULES)
    if (!used.has(rule.name))
      say(
        'controls',
        `no control names the rule “${rule.name}” in its checks: name it in one, or remove it from src/domain/rules`,
      );
  return problems;
}

function unique(what: string, entries: readonly { id: string }[], say: Say): void {
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (seen.has(id)) say(what, `${id} is defined twice`, id);
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
