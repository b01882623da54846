import { FIELDS, valueWords } from '#domain/charter/fields.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Catalogue, Condition, Control } from '#domain/model/catalogue.ts';
import { ownValue } from '#domain/model/own-value.ts';

const THINGS = {
  swg: 'there is a secure web gateway',
  siem: 'there is a SIEM',
  ams: 'the membership system is used with Claude',
  m365: 'there is Microsoft 365',
  normalHours: 'normal hours are stated',
} as const;

/** When a control applies, as part of a sentence: "Any Claude plan" or "On Claude Enterprise, if …". */
export function appliesWords(control: Control, catalogue: Catalogue): string {
  return control.appliesWhen === undefined
    ? 'To every client'
    : `When ${conditionWords(control.appliesWhen, catalogue)}`;
}

export function conditionWords(condition: Condition, catalogue: Catalogue): string {
  if ('all' in condition) return condition.all.map((part) => conditionWords(part, catalogue)).join(' and ');
  if ('any' in condition) return condition.any.map((part) => conditionWords(part, catalogue)).join(' or ');
  if ('not' in condition) return `it is not so that ${conditionWords(condition.not, catalogue)}`;
  if ('plan' in condition)
    return `the plan is ${condition.plan.map((plan) => CLAUDE_PLAN_WORDS[plan]).join(' or ')}`;
  if ('capability' in condition) {
    const title = catalogue.capabilities.find(({ id }) => id === condition.capability)?.title;
    return `the client has: ${title ?? condition.capability}`;
  }
  if ('has' in condition) return THINGS[condition.has];
  if ('connector' in condition) {
    const name = catalogue.connectors.find(({ id }) => id === condition.connector)?.name;
    return `the connector ${name ?? condition.connector} is in use`;
  }
  const label = ownValue(FIELDS, condition.charter)?.label ?? condition.charter;
  return `the charter answers “${valueWords(condition.charter, condition.is)}” to “${label}”`;
}
