import { ownValue } from '../model/own-value.ts';
import { literal } from '../text/literal.ts';
import { BODIES } from './bodies.ts';
import { isOwnRule } from './own-patterns.ts';
import type { DlpRule, RuleOf } from './rules.ts';

/** How Purview can represent a rule. */
export type PurviewForm =
  /** Microsoft’s own type detects the same; select it in the portal by this name. */
  | { readonly by: 'built_in'; readonly name: string }
  /** A type in the package. */
  | { readonly by: 'package' }
  /** It needs a heading, a distance or a lookaround, which custom types do not support. */
  | { readonly by: 'none' };

export function purviewForm(rule: DlpRule): PurviewForm {
  if (rule.purview !== undefined) return { by: 'built_in', name: rule.purview };
  return rule.find === 'token' || (rule.find === 'number' && rule.near.length > 0 && isPlain(rule.pattern))
    ? { by: 'package' }
    : { by: 'none' };
}

/** Purview rejects repeated groups and lookarounds (learn.microsoft.com, potential validation issues). */
const isPlain = (pattern: string) => !/[()]/u.test(pattern);

/** Ids of a package: derived from names, so that the next version replaces the previous one. */
export interface PackageIds {
  readonly id: (name: string) => string;
}

/**
 * A rule package of sensitive information types. The version has two parts, so that a newer one is recognized as
 * newer.
 */
export function rulePackage(
  rules: readonly DlpRule[],
  {
    id,
    client,
    version,
  }: PackageIds & { readonly client: string; readonly version: readonly [number, number] },
): string {
  const own = rules.filter((rule) => purviewForm(rule).by === 'package');
  const numbers = own.filter((rule) => rule.find === 'number');
  const tokens = own.filter((rule) => rule.find === 'token');
  const types = [
    {
      name: TOKENS,
      title: 'Bylaw: Keys and tokens of providers',
      rules: tokens.filter((rule) => !isOwnRule(rule.id)),
    },
    {
      name: OWN_TOKENS,
      title: 'Bylaw: Your own passwords and keys',
      rules: tokens.filter((rule) => isOwnRule(rule.id)),
    },
  ].filter(({ rules: list }) => list.length > 0);
  const entities = [
    ...numbers.map((rule) => numberEntity(rule, id)),
    ...types.map((one) => tokenEntity(one, id)),
  ];
  const resources = [
    ...numbers.map((rule) => [id(rule.id), `Bylaw: ${rule.title}`] as const),
    ...types.map(({ name, title }) => [id(name), title] as const),
  ];
  return `<?xml version="1.0" encoding="utf-16"?>
<RulePackage xmlns="http://schemas.microsoft.com/office/2011/mce">
  <RulePack id="${id('package')}">
    <Version major="1" minor="0" build="${version[0]}" revision="${version[1]}"/>
    <Publisher id="${id('publisher')}"/>
    <Details defaultLangCode="en-us">
      <LocalizedDetails langcode="en-us">
        <PublisherName>${escaped(client)}</PublisherName>
        <Name>Bylaw: member data and credentials</Name>
        <Description>What ${escaped(client)} keeps out of Claude, from the rules of Bylaw.</Description>
      </LocalizedDetails>
    </Details>
  </RulePack>
  <Rules>
${entities.join('\n')}
    <LocalizedStrings>
${resources
  .map(
    ([entity, name]) => `      <Resource idRef="${entity}">
        <Name default="true" langcode="en-us">${escaped(name)}</Name>
        <Description default="true" langcode="en-us">${escaped(name)}, kept in step with Bylaw.</Description>
      </Resource>`,
  )
  .join('\n')}
    </LocalizedStrings>
  </Rules>
</RulePackage>
`;
}

const TOKENS = 'provider_tokens';
const OWN_TOKENS = 'own_tokens';

/** Groups patterns that form one type, in the package and in the portal. */
interface TokenType {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly RuleOf<'token'>[];
}

function numberEntity(rule: RuleOf<'number'>, id: PackageIds['id']): string {
  return `    <Entity id="${id(rule.id)}" patternsProximity="${rule.within}" recommendedConfidence="85">
      <Pattern confidenceLevel="85">
        <IdMatch idRef="Regex_${rule.id}"/>
        <Match idRef="Keyword_${rule.id}"/>
      </Pattern>
    </Entity>
    <Regex id="Regex_${rule.id}">${escaped(
      rule.pattern
        .split('|')
        .map((one) => `\\b${one}\\b`)
        .join('|'),
    )}</Regex>
    <Keyword id="Keyword_${rule.id}">
      <Group matchStyle="word">
${rule.near.map((word) => `        <Term>${escaped(word)}</Term>`).join('\n')}
      </Group>
    </Keyword>`;
}

/** A single type for all of them: its patterns differ in confidence, which Purview uses to identify them. */
function tokenEntity({ name, rules }: TokenType, id: PackageIds['id']): string {
  const levels = rules.map((rule, at) => ({ rule, level: 99 - (at % MAX_LEVELS) }));
  const groups = [...Map.groupBy(levels, ({ level }) => level)];
  return `    <Entity id="${id(name)}" patternsProximity="300" recommendedConfidence="85">
${groups
  .map(
    ([level]) => `      <Pattern confidenceLevel="${level}">
        <IdMatch idRef="Regex_${name}_${level}"/>
      </Pattern>`,
  )
  .join('\n')}
    </Entity>
${groups
  .map(
    ([level, list]) =>
      `    <Regex id="Regex_${name}_${level}">${escaped(list.map(({ rule }) => tokenPattern(rule)).join('|'))}</Regex>`,
  )
  .join('\n')}`;
}

/** Patterns of one type, with distinct confidence from 85 to 99. */
const MAX_LEVELS = 15;

const tokenPattern = ({ starts, body, length: [least] }: RuleOf<'token'>) =>
  starts.map((start) => `${edgeOf(start)}${literal(start)}[${BODIES[body]}]{${least}}`).join('|');

/** A word boundary before punctuation only matches directly after a word. */
const edgeOf = (start: string) => (/^\w/u.test(start) ? '\\b' : '');

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/gu, (char) => ownValue(XML, char) ?? char);
