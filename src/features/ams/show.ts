import type { AmsMethod } from '#domain/model/ams-methods.ts';
import type { Charter } from '#domain/model/charter.ts';
import { newestCharter } from '#store/charter/versions.ts';
import { wholeCharter } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';

/** The ways to the membership system, beside what the charter chose and how what it needs stands. */
export async function showAms(context: HandlerContext) {
  const { services, client } = context;
  const { ams: catalogue } = services.catalogue;
  const current = await context.read((tx) => newestCharter(tx, client.id));
  const ams = current === null ? undefined : wholeCharter(current).ams;
  const heads = context.can('controls.read') ? (await headsNow(context)).verdicts : [];
  const verdicts = new Map(heads.map((one) => [one.control, one]));
  return {
    name: ams?.name ?? null,
    charter: current?.version ?? null,
    decided: ams !== undefined,
    none: ams?.methods.every((one) => one === 'none') ?? false,
    methods: catalogue.methods.map((method) => {
      const chosen = chosenBy(ams, method.id);
      return {
        id: method.id,
        title: method.title,
        means: method.means,
        fits: method.fits,
        against: method.against,
        chosen,
        agent: method.id === 'bedrock' && chosen === true ? (ams?.agent ?? null) : null,
        needs: method.needs.map(({ id, title, how, control }) => {
          const verdict = chosen === true && control !== undefined ? verdicts.get(control) : undefined;
          return {
            id,
            title,
            how,
            control: control ?? null,
            state:
              verdict?.state ?? (chosen === true && control === undefined ? ('policy_only' as const) : null),
            reason: verdict?.reason ?? null,
          };
        }),
        sources: method.sources,
      };
    }),
    egress: catalogue.egress,
    asOf: catalogue.asOf,
    chatRetentionDays: (current === null ? undefined : wholeCharter(current).chatRetentionDays) ?? null,
    prepare: `${services.config.origin}/prepare`,
    may: { edit: context.can('charter.edit') },
  };
}

function chosenBy(ams: Charter['ams'], id: AmsMethod['id']): boolean | null {
  return ams === undefined ? null : ams.methods.includes(id);
}
