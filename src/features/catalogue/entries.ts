import type { z } from 'zod';
import { CATEGORY_WORDS, dataWords } from '#domain/connectors/words.ts';
import { AREA_WORDS } from '#domain/labels.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { guideSection } from '#domain/text/guide.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { shortId } from '#domain/text/words.ts';
import { sectionOrder } from '../controls/index.ts';
import { factStatusWords } from '../shared/words.ts';
import type { catalogueContract } from './contract.ts';
import { licenses } from './licenses.ts';
import { CATALOGUE_KINDS } from './schemas.ts';
import { CLAUSE_WORDS } from './words.ts';

type List = z.infer<NonNullable<(typeof catalogueContract.list)['~orpc']['outputSchema']>>;
type Filter = z.infer<NonNullable<(typeof catalogueContract.list)['~orpc']['inputSchema']>>;
type Entry = List['items'][number];
export type CatalogueKind = Filter['kind'];

/** The entries of one kind, filtered. */
export function listEntries(catalogue: Catalogue, filter: Filter): List {
  const all = entriesOf(catalogue, filter.kind);
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const items = all.filter((entry) => {
    if (filter.section && !entry.sections.includes(filter.section)) return false;
    if (filter.differs && entry.differs !== true) return false;
    const text = searchable([entry.id, entry.title, entry.says ?? '', entry.tag ?? ''].join('\n'));
    return words.every((word) => text.includes(word));
  });
  return {
    items,
    total: items.length,
    all: all.length,
    sections: sectionOrder(all.flatMap(({ sections }) => sections)),
    counts: Object.fromEntries(
      CATALOGUE_KINDS.map((kind) => [kind, entriesOf(catalogue, kind).length]),
    ) as Record<CatalogueKind, number>,
  };
}

function entriesOf(catalogue: Catalogue, kind: CatalogueKind): Entry[] {
  switch (kind) {
    case 'controls':
      return catalogue.controls.map((control) => ({
        kind,
        id: control.id,
        short: shortId(control.id),
        title: control.title,
        says: control.action,
        tag: AREA_WORDS[control.area],
        sections: sections(control.guide),
        differs: null,
      }));
    case 'capabilities':
      return catalogue.capabilities.map((capability) => ({
        kind,
        id: capability.id,
        short: capability.id,
        title: capability.title,
        says: capability.means,
        tag: factStatusWords(capability.vendor.status),
        sections: sections(capability.guideRows),
        differs: capability.guide === null ? null : capability.vendor.status !== 'agrees',
      }));
    case 'connectors':
      return catalogue.connectors.map((connector) => ({
        kind,
        id: connector.id,
        short: connector.id,
        title: connector.name,
        says: `${dataWords(connector.dataClasses)} · ${connector.actions.length} actions`,
        tag: CATEGORY_WORDS[connector.category],
        sections: sections(connector.guideRows),
        differs: null,
      }));
    case 'licenses':
      return licenses(catalogue).map(({ id, title, says, tag }) => ({
        kind,
        id,
        short: id,
        title,
        says,
        tag,
        sections: [],
        differs: null,
      }));
    case 'risks':
      return catalogue.risks.map((risk) => ({
        kind,
        id: risk.id,
        short: risk.id,
        title: risk.title,
        says: risk.story,
        tag: risk.policyOnly ? 'Policy only' : null,
        sections: sections(risk.guideRows),
        differs: Object.values(risk.layers).some(({ status }) => status !== 'agrees'),
      }));
    case 'clauses':
      return catalogue.clauses.map((clause) => ({
        kind,
        id: clause.id,
        short: clause.id,
        title: clause.title,
        says: clause.required ? 'Required' : 'Optional',
        tag: CLAUSE_WORDS[clause.kind],
        sections: sections(clause.guideRows),
        differs: null,
      }));
  }
}

function sections(rows: readonly string[]): string[] {
  return [...new Set(rows.map(guideSection))];
}
