import { useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { PlannedChange } from '../changes/planned-change.tsx';
import { AppLink } from '../controls/link-button.tsx';

type Capture = Awaited<ReturnType<typeof calls.personalAccounts.capture>>;
type Prerequisite = Capture['prerequisites'][number];

const SHAPES = { met: 'pass', not_met: 'fail', cannot_read: 'cannot_read' } as const;
const WORDS: Readonly<Record<Prerequisite['state'], string>> = {
  met: 'Met',
  not_met: 'Not met',
  cannot_read: 'Cannot be read',
};

/**
 * Domain capture, which claims personal accounts on the domains: requirements, affected people, and the plan approved
 * by two people.
 */
export function CaptureTab({ slug }: { slug: string }) {
  const load = useQuery(api.personalAccounts.capture.queryOptions({ input: { client: slug } }));
  if (load.data === undefined) return <LoadFailed load={load} what="Domain capture could not be loaded." />;
  const { available, why, domains, prerequisites, decision, preview } = load.data;
  if (available === 'no')
    return (
      <div className="gutter">
        <Notice mark="info">
          Not available. {why} Stop new accounts (
          <AppLink href={`/c/${slug}/controls/SHA-01`}>SHA-01</AppLink>
          ), list existing ones every month (<AppLink href={`/c/${slug}/controls/SHA-02`}>SHA-02</AppLink>),
          and ask their holders to move or close them (
          <AppLink href={`/c/${slug}/personal-accounts`}>the list of accounts</AppLink>).
        </Notice>
      </div>
    );
  return (
    <Stack className="gutter">
      <Notice mark="fail">
        A claim cannot be undone. Holders have 30 days to move or leave; after that, their accounts are
        claimed, and the domain stays captured permanently.
      </Notice>
      {available === 'unknown' ? <Notice mark="cannot_read">{why}</Notice> : null}
      <Lines label="What has to be in place first">
        {prerequisites.map((one) => (
          <Line
            key={one.title}
            head={
              one.control === null ? (
                one.title
              ) : (
                <AppLink href={`/c/${slug}/controls/${one.control.replace(/^CLA-/u, '')}`}>
                  {one.title}
                </AppLink>
              )
            }
          >
            <VerdictMark state={SHAPES[one.state]}>{WORDS[one.state]}</VerdictMark>
            <p className="second">{one.words}</p>
          </Line>
        ))}
        <Line head={<AppLink href={`/c/${slug}/controls/ACC-17`}>The decision by two people</AppLink>}>
          {decision === null
            ? 'The charter does not say whether domain capture should be used.'
            : `${decision.capture ? 'To be used' : 'Not to be used'}, decided on ${dayWords(decision.on)} by ${decision.by}, approved by ${decision.approvedBy}.`}
        </Line>
        <Line head="Preview of the accounts">{previewWords(preview)}</Line>
      </Lines>
      {domains.map((domain) => (
        <Card key={domain} title={domain}>
          <PlannedChange slug={slug} target="domain_capture" subject={domain} act="Plan the claim">
            <p>
              Someone else approves exactly this preview. An Owner then starts the claim under Organization
              settings &gt; Organization and access &gt; Security (as of Aug 22, 2026). It is complete once a
              later Domain memberships report lists no account outside the organization. It cannot be undone.
            </p>
          </PlannedChange>
        </Card>
      ))}
    </Stack>
  );
}

function previewWords({ on, why, claimable, elsewhere, unknown, unreadable }: Capture['preview']): string {
  if (on === null) return why ?? 'Not read.';
  return [
    `According to the Domain memberships report of ${dayWords(on)}, ${count(claimable, 'account')} would be claimed.`,
    ...(elsewhere > 0 ? [`${elsewhere} in other organizations cannot be claimed.`] : []),
    ...(unknown > 0 ? [`For ${unknown}, the report gives no plan.`] : []),
    ...(unreadable > 0
      ? [`Another ${count(unreadable, 'account')} without a readable address may be on any of the domains.`]
      : []),
  ].join(' ');
}
// Guide: G1.1-07 G4.1-02
