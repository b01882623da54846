import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Fold } from '../../ui/lines.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ApprovalsEnded } from '../requests/approvals-ended.tsx';
import { Answer } from './answer.tsx';
import { BeginDialog, YamlDialog } from './dialogs.tsx';
import { charterRoute } from './routes.tsx';
import { StartCard } from './start-card.tsx';
import { type Charters, DRAFT_WORDS, type DraftLine, originWords, type Version } from './words.ts';

/** The charter in force, open drafts, and all versions. */
export function CharterPage() {
  const { slug } = useClientHere();
  const { open, answer } = charterRoute.useSearch();
  const navigate = useNavigate({ from: '/c/$client/charter' });
  const load = useQuery(api.charter.list.queryOptions({ input: { client: slug } }));
  const show = (dialog: 'begin' | 'yaml' | undefined) =>
    void navigate({ to: '.', search: { ...(dialog === undefined ? {} : { open: dialog }) } });
  const made = (id: string) =>
    void navigate({ to: '/c/$client/charter/$version', params: { client: slug, version: id } });
  return (
    <>
      <OverviewPage
        title="Charter"
        permission="charter.read"
        load={load}
        meta={metaWords}
        actions={(data: Charters) => (
          <>
            {data.may.edit ? (
              <Button
                variant={data.drafts.some(isOpen) || isEmpty(data) ? 'default' : 'filled'}
                onClick={() => show('begin')}
              >
                {isEmpty(data) ? 'Start with an empty draft' : 'Start a draft'}
              </Button>
            ) : null}
            <NextDraft drafts={data.drafts} slug={slug} />
          </>
        )}
        main={(data: Charters) => (
          <>
            {data.governed || data.versions.length === 0 ? null : (
              <Notice>
                The charter in force was imported and not approved here. Send a draft for approval and have a
                second person approve it.
              </Notice>
            )}
            <ApprovalsEnded />
            {isEmpty(data) && data.may.edit ? <StartCard slug={slug} onMade={made} /> : null}
            {data.drafts.length === 0 && data.versions.length === 0 && data.may.edit ? null : (
              <>
                <Drafts drafts={data.drafts} slug={slug} />
                <Versions versions={data.versions} slug={slug} />
              </>
            )}
            {data.may.edit ? (
              <Fold summary="Advanced: edit as text">
                <p className="muted measure">
                  A charter can also be written as a YAML file. Paste or drop one here to turn it into a
                  draft.
                </p>
                <Button size="xs" onClick={() => show('yaml')}>
                  Make a draft from text
                </Button>
              </Fold>
            ) : null}
          </>
        )}
      />
      {open === 'begin' ? <BeginDialog onClose={() => show(undefined)} onMade={made} /> : null}
      {open === 'yaml' ? <YamlDialog draft={null} onClose={() => show(undefined)} onMade={made} /> : null}
      <Answer ids={answer} onClose={() => show(undefined)} />
    </>
  );
}

/** There is neither a charter nor an open draft. */
function isEmpty({ versions, drafts }: Charters): boolean {
  return versions.length === 0 && !drafts.some(isOpen);
}

function isOpen({ ended, became }: DraftLine): boolean {
  return ended === null && became === null;
}

/** The draft to continue with: one that waits for approval, else the open one. */
function NextDraft({ drafts, slug }: { drafts: readonly DraftLine[]; slug: string }) {
  const next = drafts.find(({ state }) => state === 'proposed') ?? drafts.find(isOpen);
  if (next === undefined) return null;
  return (
    <LinkButton href={`/c/${slug}/charter/${next.id}`} variant="filled">
      {next.state === 'proposed' ? 'Review the draft' : 'Continue with the draft'}
    </LinkButton>
  );
}

function metaWords({ versions, drafts }: Charters): string {
  const current = versions.find(({ state }) => state === 'in_force');
  const waiting = drafts.filter(({ state }) => state === 'proposed').length;
  const force =
    current === undefined
      ? 'No charter is in force'
      : `Version ${current.number} ${current.inForceSince === null ? 'is in force' : `has been in force since ${dayWords(current.inForceSince)}`}`;
  return `${force}; ${waiting === 0 ? 'no draft waits for approval' : `${count(waiting, 'draft')} ${waiting === 1 ? 'waits' : 'wait'} for approval`}`;
}

function Drafts({ drafts, slug }: { drafts: readonly DraftLine[]; slug: string }) {
  return (
    <Card title="Drafts" flush>
      {drafts.length === 0 ? (
        <EmptyState title="No drafts.">
          A draft is a proposed change to the charter. Start one here, or edit permissions on the Connectors
          page.
        </EmptyState>
      ) : (
        <ul>
          {drafts.map((draft) => (
            <li key={draft.id} className="wraps">
              <Link to="/c/$client/charter/$version" params={{ client: slug, version: draft.id }}>
                {draft.title}
              </Link>
              <span className="second">
                {DRAFT_WORDS[draft.state]} · {originWords(draft.origin)} ·{' '}
                {draft.ended === null ? (
                  <>
                    {draft.proposed === null
                      ? `changed by ${draft.changed.by}`
                      : `sent by ${draft.proposed.by}`}{' '}
                    <When at={draft.proposed?.at ?? draft.changed.at} inline />
                  </>
                ) : (
                  <>
                    {draft.ended.by} <When at={draft.ended.at} inline />
                  </>
                )}
                {draft.moved ? ' · another version has come into force since' : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Versions({ versions, slug }: { versions: readonly Version[]; slug: string }) {
  return (
    <Card title="Versions" flush>
      {versions.length === 0 ? (
        <EmptyState title="No version yet.">
          A charter says how things should be: connectors and their permissions, owners, thresholds,
          exceptions. Controls that need a charter cannot be evaluated until there is one.
        </EmptyState>
      ) : (
        <ul>
          {versions.map((one) => (
            <li key={one.version} className="wraps">
              <Link to="/c/$client/charter/$version" params={{ client: slug, version: String(one.version) }}>
                Version {one.number}
              </Link>
              <span className="second">
                {one.state === 'in_force' ? 'In force' : 'Superseded'}
                {one.inForceSince === null ? '' : ` · since ${dayWords(one.inForceSince)}`} ·{' '}
                {one.approvedBy === null
                  ? 'approval not stated'
                  : `approved by ${names(one.approvedBy, 4) || 'no one'}`}{' '}
                · {one.from === 'console' ? 'approved here' : `imported as ${one.file}`}
                {one.stated === null ? '' : `, labeled version ${one.stated}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
