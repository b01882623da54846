import type { z } from 'zod';
import { validDays } from '#domain/decide/fresh-days.ts';
import { AREA_WORDS, CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Capability } from '#domain/model/capability.ts';
import type { Catalogue, Control } from '#domain/model/catalogue.ts';
import { RULES } from '#domain/rules/index.ts';
import { names, shortId } from '#domain/text/words.ts';
import {
  appliesWords,
  factsOf,
  findControl,
  shownRemediation,
  shownSource,
  sidesOf,
} from '../controls/index.ts';
import { notFound } from '../problems.ts';
import { concernWords, coverageWords, factStatusWords, kindWords, layerWords } from '../shared/words.ts';
import type { catalogueContract } from './contract.ts';
import type { CatalogueKind } from './entries.ts';
import { licenses } from './licenses.ts';
import { CLAUSE_WORDS } from './words.ts';

type Entry = z.infer<NonNullable<(typeof catalogueContract.get)['~orpc']['outputSchema']>>;

/** One entry of the catalogue. Throws NOT_FOUND where there is none of that id. */
export function showEntry(catalogue: Catalogue, kind: CatalogueKind, id: string): Entry {
  switch (kind) {
    case 'controls':
      return controlEntry(catalogue, findControl(catalogue, id));
    case 'capabilities':
      return capabilityEntry(catalogue, found(catalogue.capabilities, id));
    case 'connectors': {
      const { note, sources, ...connector } = found(catalogue.connectors, id);
      return { kind, ...connector, note: note ?? null, sources: sources.map(shownSource) };
    }
    case 'licenses': {
      const license = found(licenses(catalogue), id);
      const means = new Map(catalogue.licenses.servicePlans.map((plan) => [plan.name, plan.means]));
      return {
        kind,
        id: license.id,
        title: license.title,
        facts: [...license.facts],
        servicePlans: license.servicePlans.map((name) => ({ name, means: means.get(name) ?? null })),
        sources: license.sources.map(shownSource),
      };
    }
    case 'risks': {
      const { controls, layers, sources, ...risk } = found(catalogue.risks, id);
      return {
        kind,
        ...risk,
        layers: Object.entries(layers).map(([layer, cell]) => ({
          layer: layerWords(layer),
          guide: cell.guide,
          vendor: cell.vendor,
          status: factStatusWords(cell.status),
          coverage: coverageWords(cell.coverage),
        })),
        controls: links(catalogue, (control) => controls.includes(control.id)),
        sources: sources.map(shownSource),
      };
    }
    case 'clauses': {
      const { kind: part, ...clause } = found(catalogue.clauses, id);
      const rows = new Set(clause.guideRows);
      return {
        kind,
        ...clause,
        part: CLAUSE_WORDS[part],
        controls: links(
          catalogue,
          (control) => control.area === 'policy' && control.guide.some((row) => rows.has(row)),
        ),
      };
    }
  }
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const entry = list.find((candidate) => candidate.id === id);
  if (entry === undefined) throw notFound('The catalogue has no entry with this id.');
  return entry;
}

function links(catalogue: Catalogue, wanted: (control: Control) => boolean) {
  return catalogue.controls.filter(wanted).map(({ id, title }) => ({ id, short: shortId(id), title }));
}

function controlEntry(catalogue: Catalogue, control: Control): Entry {
  const abouts = new Map(RULES.map((rule) => [rule.name, rule.about]));
  return {
    kind: 'controls',
    id: control.id,
    short: shortId(control.id),
    version: control.version,
    title: control.title,
    action: control.action,
    area: control.area,
    areaName: AREA_WORDS[control.area],
    severity: control.severity,
    concerns: concernWords(control.concerns),
    why: control.why,
    guide: control.guide,
    appliesWhen: appliesWords(control, catalogue),
    notApplicable: control.notApplicable ?? null,
    unlicensed: control.unlicensed?.instead ?? null,
    checks: control.checks.map((check) => ({
      rule: check.rule,
      about: abouts.get(check.rule) ?? '',
      reads: check.reads.map(kindWords),
      freshDays: validDays(check),
    })),
    remediation: shownRemediation(control.remediation),
    facts: factsOf(control, catalogue),
    sources: control.sources.map(shownSource),
    risks: catalogue.risks
      .filter((risk) => risk.controls.includes(control.id))
      .map(({ id, title }) => ({ id, title })),
  };
}

function capabilityEntry(catalogue: Catalogue, capability: Capability): Entry {
  return {
    kind: 'capabilities',
    ...sidesOf(capability),
    means: capability.means,
    guideCells: capability.guide?.cells ?? {},
    vendorCells: capability.vendor.cells,
    grantedBy: grants(catalogue, capability),
    toGet: capability.toGet ?? null,
    controls: links(
      catalogue,
      (control) =>
        control.needs.includes(capability.id) ||
        control.enforcedBy?.needs.includes(capability.id) === true ||
        control.facts.includes(capability.id),
    ),
  };
}

function grants(catalogue: Catalogue, { grantedBy: by }: Capability): string[] {
  const plan = (name: string) =>
    catalogue.licenses.servicePlans.find((known) => known.name === name)?.means ?? name;
  const addOn = (id: string) => catalogue.licenses.addOns.find((known) => known.id === id)?.name ?? id;
  return [
    ...(by.anyone ? ['Open to every client'] : []),
    ...(by.claudePlans ?? []).map((name) => CLAUDE_PLAN_WORDS[name]),
    ...(by.m365 ?? []).map((tier) => catalogue.licenses.tiers[tier]?.name ?? tier),
    ...(by.servicePlans ?? []).map((name) => `${plan(name)} (${name})`),
    ...(by.addOns ?? []).map((id) => `Add-on ${addOn(id)}`),
    ...(by.swg ? ['A secure web gateway'] : []),
    ...(by.anyOf ?? []).map((id) => titleOf(catalogue, id)),
    ...(by.siem ? ['A SIEM'] : []),
    ...(by.deviceManagement
      ? [
          by.deviceManagement.by === 'any'
            ? 'Device management of any make'
            : `Device management by ${names(by.deviceManagement.by, by.deviceManagement.by.length)}`,
        ]
      : []),
    ...(by.alsoNeeds ?? []).map((id) => `Together with: ${titleOf(catalogue, id)}`),
  ];
}

const titleOf = ({ capabilities }: Catalogue, id: string): string =>
  capabilities.find((one) => one.id === id)?.title ?? id;
