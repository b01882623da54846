import { useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ChecksCard } from './checks-card.tsx';
import { CountsCard } from './counts-card.tsx';
import { HookSettings } from './hook-settings.tsx';
import { PurviewCard } from './purview-card.tsx';
import { inferenceHookRoute } from './routes.tsx';
import { heldWords, WaitingGuard } from './waiting-guard.tsx';

export type Hook = Awaited<ReturnType<typeof client.dlp.hook.show>>;

/** The inference hook of Claude Enterprise: its setup, its decisions, and the lookup of a reference. */
export function HookPage() {
  const { slug } = useClientHere();
  const mayEdit = useMay('connections.edit');
  const mayRead = useMay('activity.read');
  const search = inferenceHookRoute.useSearch();
  const load = useQuery(api.dlp.hook.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Hook>
      title="Inference hook"
      permission="connections.read"
      load={load}
      meta={metaOf}
      tabs={<ConnectorTabs />}
      main={(data) => (
        <>
          <StateNotice data={data} />
          {data.proposed === null ? null : (
            <WaitingGuard
              about="The inference hook"
              words={heldWords(data.proposed)}
              proposed={data.proposed}
            />
          )}
          {isOutOfReach(data) ? null : <HookSettings data={data} mayEdit={mayEdit} />}
          {data.hook === null ? null : (
            <CountsCard
              data={data}
              what="Prompts"
              untaken="Rejected calls"
              foot={<SourceLinks sources={data.sources} />}
            />
          )}
          <PurviewCard data={data} />
          {mayRead && !isOutOfReach(data) ? <ChecksCard guard="inference_hook" search={search} /> : null}
        </>
      )}
    />
  );
}

/** Whether the plan has no inference hook and none was set up under an earlier plan. */
function isOutOfReach({ plan, hook }: Hook): boolean {
  return hook === null && plan !== null && plan !== 'enterprise';
}

function metaOf({ hook, checks, days }: Hook): string {
  if (hook === null) return 'Claude Enterprise can ask, before each answer, whether a prompt may pass.';
  const all = checks.reduce((sum, one) => sum + (one.verdict === 'tested' ? 0 : one.checks), 0);
  return `${count(all, 'prompt')} checked in ${days} days.`;
}

/** What prevents the hook from working. */
function StateNotice({ data }: { data: Hook }) {
  const { slug } = useClientHere();
  const { plan, hook, checks, blockUnchecked } = data;
  if (plan !== null && plan !== 'enterprise')
    return (
      <Notice
        mark="pending"
        action={
          <LinkButton href={`/c/${slug}/connectors/data-loss-prevention`}>
            See what can check instead
          </LinkButton>
        }
      >
        Inference hooks are part of Claude Enterprise. On this plan, you can still use the check in the
        browser, the gateway and Microsoft Purview.
      </Notice>
    );
  if (hook === null) return null;
  if (!hook.hasSecret)
    return <Notice mark="pending">No prompts are checked yet: Claude’s signing secret is missing.</Notice>;
  const real = checks.some(({ verdict, checks: made }) => verdict !== 'tested' && made > 0);
  if (!real)
    return (
      <Notice mark="pending">
        No prompt has come in yet, so nothing shows that Claude asks this hook. Switch it on in Claude, then
        write a prompt there.
      </Notice>
    );
  if (hook.mode === 'watch')
    return (
      <Notice mark="pending">
        It only watches: prompts that contain disallowed data are recorded and let through.
      </Notice>
    );
  return blockUnchecked === false ? (
    <Notice mark="info">
      According to the charter, a prompt that cannot be checked in time is let through.
    </Notice>
  ) : null;
}
