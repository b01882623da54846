import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { together } from '../../ui/templates/load.ts';
import { AppLink } from '../controls/link-button.tsx';
import { type Access, EFFECT_WORDS, type Effect } from './words.ts';

/** The effect of the enabled policies on a sign-in from a compliant device, compared with one from any other device. */
export function ByDevice({ slug, data }: { slug: string; data: Access }) {
  const may = useMay('people.read');
  const app = data.apps[0]?.appId;
  const ask = (device: 'compliant' | 'not_compliant') =>
    api.conditionalAccess.everyone.queryOptions({
      input: { client: slug, device, platform: 'windows', place: 'elsewhere' },
    });
  const compliant = useQuery({ ...ask('compliant'), enabled: may });
  const other = useQuery({ ...ask('not_compliant'), enabled: may });
  if (app === undefined)
    return <>Entra has no Claude application, so nothing would be enforced on any device.</>;
  if (!may) return <>Only people whose role includes seeing people can see this.</>;
  return (
    <Stack gap="xs">
      <LoadFailed load={together({ compliant, other })} what="What If could not be calculated." />
      {compliant.data === undefined || other.data === undefined ? null : (
        <>
          <p>From a compliant device: {outcomeWords(compliant.data.outcomes)}.</p>
          <p>From any other device: {outcomeWords(other.data.outcomes)}.</p>
          <p className="second">Each from outside every named location.</p>
        </>
      )}
      <AppLink href={`/c/${slug}/conditional-access?tab=what-if&device=not_compliant&place=elsewhere`}>
        Ask What If for one person
      </AppLink>
    </Stack>
  );
}

function outcomeWords(outcomes: readonly { is: Effect; count: number }[]): string {
  const said = outcomes.filter((one) => one.count > 0);
  return said.length === 0
    ? 'no one could sign in'
    : said
        .map(({ is, count: n }) =>
          is === 'unknown'
            ? `not known for ${n}`
            : `${count(n, 'person', 'people')} ${EFFECT_WORDS[is].toLowerCase()}`,
        )
        .join(', ');
}
