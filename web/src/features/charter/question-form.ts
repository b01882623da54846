import { type CharterQuestion, questionById } from '../../../../src/domain/charter/questions.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { ALL_FIELDS, type Choices, type FormField, fieldAt } from './fields.ts';
import { type Charter, valueAt } from './values.ts';

/** The fields that answer one question, including those that their groups require. */
export function formOf(id: string, charter: Charter, choices: Choices | undefined): readonly FormField[] {
  const question = questionById(id);
  if (question === null) return [];
  const ofConnectors = fieldsOfConnectors(id, charter);
  if (ofConnectors !== null) return ofConnectors;
  if (id === 'enable_on')
    return (choices?.policies ?? []).map(({ value, label }) =>
      fieldAt('day', ['entra', 'enableOn', value], label),
    );
  return withNeeded(fieldsOf(question), charter);
}

function fieldsOf({ asked, form }: CharterQuestion): readonly FormField[] {
  const paths = (form ?? asked).map((path) => path.split('.'));
  return ALL_FIELDS.filter(({ path }) => paths.some((start) => begins(path, start)));
}

function withNeeded(fields: readonly FormField[], charter: Charter): readonly FormField[] {
  const groups = fields.flatMap(({ path }) => path.slice(0, -1).map((_, at) => path.slice(0, at + 1)));
  const missing = ALL_FIELDS.filter(
    (one) =>
      one.needed === true &&
      !fields.includes(one) &&
      valueAt(charter, one.path) === undefined &&
      groups.some((group) => one.path.length === group.length + 1 && begins(one.path, group)),
  );
  return [...missing, ...fields];
}

const begins = (path: readonly string[], start: readonly string[]) =>
  start.every((key, at) => path[at] === key);

/**
 * One field for each connector that does not state it yet, or for every connector if all do. null: not such a question.
 */
function fieldsOfConnectors(id: string, charter: Charter): readonly FormField[] | null {
  const make = ownValue(OF_CONNECTORS, id);
  if (make === undefined) return null;
  const all = (charter.connectors ?? []).map(({ name }, at) => make(String(at), name));
  const open = all.filter(({ path }) => valueAt(charter, path) === undefined);
  return open.length > 0 ? open : all;
}

const SENSITIVITY = [
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];

const KINDS = [
  { value: 'directory', label: 'Listed in Anthropic’s directory' },
  { value: 'custom', label: 'Custom server (remote MCP)' },
];

const OF_CONNECTORS: Readonly<Record<string, (at: string, name: string) => FormField>> = {
  actions_classified: (at, name) => fieldAt('day', ['connectors', at, 'actionsClassified'], name),
  rights_reviewed: (at, name) => fieldAt('day', ['connectors', at, 'sourceReviewed'], name),
  sensitivity: (at, name) =>
    fieldAt('choice', ['connectors', at, 'sensitivity'], name, { choices: SENSITIVITY }),
  connector_kind: (at, name) => fieldAt('choice', ['connectors', at, 'kind'], name, { choices: KINDS }),
  which_is_ams: (at, name) => fieldAt('yesno', ['connectors', at, 'isAms'], name),
};
