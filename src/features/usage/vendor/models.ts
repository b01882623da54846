import type { z } from 'zod';
import type { ModelUse } from '#domain/model/kinds.ts';
import { modelFamily } from '#domain/usage/own-past.ts';
import type { People } from '../../people/index.ts';
import type { VendorDays } from './days.ts';
import type { vendorSchema } from './schemas.ts';
import { statedOf } from './stated.ts';

type Models = z.input<typeof vendorSchema>['models'];

interface Use extends ModelUse {
  readonly day: string;
  readonly person: string | null;
}

/** What is said of use that the vendor attributes to no model. */
const NO_MODEL = 'No model';

/**
 * Requests and tokens by model and product, by month and person. Only days count whose answer says what each person used
 * of models; where the vendor does not offer that report, none does.
 */
export function vendorModels({ users }: VendorDays, people: People, days: readonly string[]): Models {
  // A day that was read whole and without anybody in it has nothing of any model.
  const own = days.filter((day) => users.get(day)?.every(({ models }) => models !== undefined));
  const uses = own.flatMap((day) =>
    (users.get(day) ?? []).flatMap(({ email, userId, models = [] }): Use[] =>
      models.map((one) => ({ ...one, day, person: email ?? userId ?? null })),
    ),
  );
  const items = [...Map.groupBy(uses, ({ model, product }) => JSON.stringify([model, product])).values()];
  return {
    reported: own.length,
    of: days.length,
    items: items
      .flatMap((rows): Models['items'] => {
        const [first] = rows;
        if (first === undefined) return [];
        const { model, product } = first;
        const byPerson = Map.groupBy(rows, ({ person }) => (person === null ? null : people.of(person).key));
        return [
          {
            family: model === null ? NO_MODEL : modelFamily(model),
            model,
            product,
            ...sumsOf(rows),
            months: [...Map.groupBy(rows, ({ day }) => day.slice(0, 7))]
              .map(([start, mine]) => ({ start, ...sumsOf(mine) }))
              .toSorted((a, b) => (a.start < b.start ? -1 : 1)),
            people: [...byPerson]
              .map(([key, mine]) => ({ key, name: nameOf(mine[0]?.person ?? null, people), ...sumsOf(mine) }))
              .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
          },
        ];
      })
      .toSorted(
        (a, b) =>
          a.family.localeCompare(b.family, 'en') ||
          (a.model ?? '').localeCompare(b.model ?? '', 'en') ||
          (a.product ?? '').localeCompare(b.product ?? '', 'en'),
      ),
  };
}

function sumsOf(rows: readonly Use[]) {
  return {
    requests: statedOf(rows.map(({ requests }) => requests)),
    tokens: statedOf(rows.map(({ tokens }) => tokens)),
  };
}

function nameOf(person: string | null, people: People): string {
  return person === null ? 'Not reported' : people.of(person).name;
}
// Guide: G5.1-04
