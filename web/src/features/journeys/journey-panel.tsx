import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkedWords, dayWords } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { Facts } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { dayIn } from '../../ui/time.ts';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { PersonChange } from '../changes/person-change.tsx';
import { RemoveMember } from '../changes/remove-member.tsx';
import { Sources } from '../controls/control-parts.tsx';
import { endJourney, reopenJourney, withdrawMark } from './acts.ts';
import { JourneyDialog, MarkDialog, StepOwnerDialog } from './dialogs.tsx';
import { ProjectsPart } from './projects-part.tsx';
import {
  isToDo,
  type JourneyDetail,
  type JourneyList,
  KIND_TEXTS,
  STATE_SHAPES,
  STEP_WORDS,
  type Step,
} from './words.ts';

interface PanelProps {
  readonly id: string;
  readonly list: JourneyList;
  readonly onClose: () => void;
}

type Open = { readonly what: 'mark' | 'owner'; readonly step: Step } | { readonly what: 'edit' };

/** One offboarding or onboarding: each step with what the readings show, what people marked, and what to do next. */
export function JourneyPanel({ id, list, onClose }: PanelProps) {
  const { slug } = useClientHere();
  const mayDecide = useMay('people.decide');
  const [open, setOpen] = useState<Open | null>(null);
  const load = useQuery(api.journeys.show.queryOptions({ input: { client: slug, journey: id } }));
  const { data } = load;
  const close = () => setOpen(null);
  return (
    <>
      <SidePanel
        title={data?.name ?? 'Steps'}
        onClose={onClose}
        actions={
          data !== undefined && mayDecide ? (
            <Acts slug={slug} journey={data} onEdit={() => setOpen({ what: 'edit' })} />
          ) : undefined
        }
      >
        <LoadFailed load={load} what="The steps could not be loaded." />
        {data === undefined ? null : (
          <Stack>
            {data.concerns.map(({ code, words }) => (
              <Notice key={code} mark={code === 'two_places' ? 'info' : 'fail'}>
                {words}
              </Notice>
            ))}
            <Facts
              facts={[
                ['Address', <Breakable key="address" text={data.address} />],
                [KIND_TEXTS[data.kind].day, data.day === null ? 'Not known' : dayWords(data.day)],
                ['Owner', data.owner?.name ?? 'Unassigned'],
                ...(data.started === null
                  ? []
                  : [
                      [
                        'Started by',
                        <span key="by">
                          {data.started.by}, <When at={data.started.at} inline />
                        </span>,
                      ] as const,
                    ]),
              ]}
            />
            {data.ended === null ? null : <Notice>{data.words}</Notice>}
            <Stack as="ol" gap="md" divided>
              {data.steps.map((step) => (
                <StepLine
                  key={step.id}
                  slug={slug}
                  journey={data}
                  step={step}
                  onOpen={mayDecide && data.ended === null ? setOpen : null}
                />
              ))}
            </Stack>
          </Stack>
        )}
      </SidePanel>
      {data === undefined || open === null ? null : open.what === 'edit' ? (
        <JourneyDialog journey={data} list={list} onClose={close} />
      ) : open.what === 'mark' ? (
        <MarkDialog journey={data} step={open.step} today={list.today} onClose={close} />
      ) : (
        <StepOwnerDialog journey={data} step={open.step} people={list.people} onClose={close} />
      )}
    </>
  );
}

function Acts({ slug, journey, onEdit }: { slug: string; journey: JourneyDetail; onEdit: () => void }) {
  const { id, version, kind, steps, ended } = journey;
  if (id === null) return null;
  const which = { id, version };
  if (ended !== null) return <ActButton act={() => reopenJourney(slug, which)}>Reopen</ActButton>;
  return (
    <Row gap="xs" nowrap>
      <Button onClick={onEdit}>Change day or owner</Button>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={28} aria-label={`End the ${KIND_TEXTS[kind].noun}`}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {steps.some(isToDo) ? null : (
            <Menu.Item onClick={() => void endJourney(slug, which, 'done')}>
              End it: every step is settled
            </Menu.Item>
          )}
          <Menu.Item onClick={() => void endJourney(slug, which, 'mistake')}>Started by mistake</Menu.Item>
          <Menu.Item onClick={() => void endJourney(slug, which, 'stays')}>
            {kind === 'leaving' ? 'The person stays' : 'The person is not coming'}
          </Menu.Item>
          {kind === 'leaving' ? (
            <Menu.Item onClick={() => void endJourney(slug, which, 'returned')}>The person is back</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </Row>
  );
}

/** Disabling the account ends its sessions too, so it is offered once: on the later step if it is already disabled. */
function closesAccount({ id }: Step, { steps }: JourneyDetail): boolean {
  const disabled = steps.some((one) => one.id === 'account_disabled' && one.state === 'proved');
  return id === (disabled ? 'entra_sessions_revoked' : 'account_disabled');
}

interface StepLineProps {
  readonly slug: string;
  readonly journey: JourneyDetail;
  readonly step: Step;
  readonly onOpen: ((open: Open) => void) | null;
}

function StepLine({ slug, journey, step, onOpen }: StepLineProps) {
  const guide = journey.guides.find((one) => one.step === step.id);
  const about = <span className="hidden-text">: {step.title}</span>;
  const { timezone } = useClientHere();
  const isPast = step.due < dayIn(timezone, serverNow());
  return (
    <Stack as="li" gap="xs">
      <h3 className="heading">{step.title}</h3>
      <VerdictMark state={STATE_SHAPES[step.state]}>{STEP_WORDS[step.state]}</VerdictMark>
      <p className="second">
        {step.words} {isPast ? 'Was due' : 'Due'} {dayWords(step.due)}.{' '}
        {step.owner === null
          ? `The guide assigns it to ${step.who}; no one is named.`
          : `Owner: ${step.owner.name}.`}
      </p>
      {step.held.length === 0 ? null : (
        <Notice>On hold until this is confirmed: {step.held.join('; ')}.</Notice>
      )}
      {step.id === 'policy_acknowledged' && onOpen !== null ? (
        <SendPolicy slug={slug} journey={journey} toDo={isToDo(step)} />
      ) : null}
      {step.id === 'connectors_explained' && onOpen !== null ? (
        <SendConnectors slug={slug} journey={journey} />
      ) : null}
      {step.mark === null ? null : (
        <p className="second">
          {step.mark.how === 'accepted' ? 'Accepted as not done' : 'Marked as done'} on{' '}
          {dayWords(step.mark.on)}
          {step.mark.by === null ? ' according to the journal' : ` by ${step.mark.by}`}
          {step.mark.note === null ? '.' : `: ${step.mark.note}`}
        </p>
      )}
      {closesAccount(step, journey) && journey.ended === null && step.state !== 'proved' ? (
        <PersonChange slug={slug} target="entra_account" subject={journey.address} />
      ) : null}
      {step.code === 'consent_left' && journey.ended === null ? (
        <PersonChange slug={slug} target="connector_grants" subject={journey.address} />
      ) : null}
      {step.id === 'seat_removed' && journey.ended === null && step.state !== 'proved' ? (
        <RemoveMember slug={slug} address={journey.address} />
      ) : null}
      {step.id === 'projects' && journey.id !== null ? (
        <ProjectsPart slug={slug} journey={journey.id} edits={onOpen !== null} />
      ) : null}
      {onOpen === null ? null : (
        <Row gap="xs">
          {isToDo(step) ? (
            <Button size="xs" onClick={() => onOpen({ what: 'mark', step })}>
              Mark as done…{about}
            </Button>
          ) : null}
          {step.mark !== null && step.mark.by !== null && journey.id !== null ? (
            <ActButton size="xs" act={() => withdrawMark(slug, journey.id ?? '', step)}>
              Withdraw the mark{about}
            </ActButton>
          ) : null}
          {isToDo(step) ? (
            <Button size="xs" onClick={() => onOpen({ what: 'owner', step })}>
              Assign to…{about}
            </Button>
          ) : null}
        </Row>
      )}
      {guide === undefined ? null : (
        <Fold summary={`How and why: ${step.title}`}>
          <Stack gap="xs">
            <p>{guide.why}</p>
            <Stack as="ol" gap="xs" bullets>
              {guide.how.map((one) => (
                <li key={one.do}>
                  {one.do}
                  {one.where === null ? null : (
                    <span className="second">
                      {' '}
                      {one.where}
                      {one.checked === null ? '' : `, ${checkedWords(one.checked, one.checked)}`}
                    </span>
                  )}
                </li>
              ))}
            </Stack>
            {guide.guide.length === 0 ? <p className="second">This step goes beyond the guide.</p> : null}
            {guide.evidence.length === 0 ? null : (
              <Stack as="ul" gap="xs" bullets>
                {guide.evidence.slice(0, 5).map((one) => (
                  <li key={`${one.file} ${one.row ?? ''} ${one.says}`}>
                    {one.sha256 === null ? (
                      one.file
                    ) : (
                      <a href={`/c/${slug}/evidence/${one.sha256}`}>{one.file}</a>
                    )}
                    {one.row === null ? '' : `, row ${one.row}`}: {one.says}
                  </li>
                ))}
              </Stack>
            )}
            {guide.sources.length === 0 ? null : (
              <Sources sources={guide.sources.map((one) => ({ ...one, host: new URL(one.url).host }))} />
            )}
          </Stack>
        </Fold>
      )}
    </Stack>
  );
}

const MAIL_WORDS: Readonly<Record<NonNullable<JourneyDetail['policyMail']>['outcome'], string>> = {
  sent: 'The policy was sent',
  failed: 'The policy could not be sent',
  sending: 'The policy is being sent',
  unknown: 'It is not known whether the policy was sent',
};

/** Sends the policy in force to someone who joins, and shows the outcome of the last mail. */
function SendPolicy({ slug, journey, toDo }: { slug: string; journey: JourneyDetail; toDo: boolean }) {
  const { id, policyMail: mail } = journey;
  const send = useMutation(
    api.journeys.sendPolicy.mutationOptions({
      onSuccess: () => done('The policy is sent.', api.journeys.key()),
      onError: failed,
    }),
  );
  return (
    <>
      {mail === null ? null : (
        <p className="second">
          {MAIL_WORDS[mail.outcome]}, <When at={mail.at} inline />
          {mail.failure === null ? '.' : `: ${mail.failure}`}
        </p>
      )}
      {toDo && id !== null ? (
        <div>
          <Button
            size="xs"
            loading={send.isPending}
            onClick={() => send.mutate({ client: slug, journey: id })}
          >
            Send the policy by mail
          </Button>
        </div>
      ) : null}
    </>
  );
}

const PAGE_WORDS: typeof MAIL_WORDS = {
  sent: 'The page of approved connectors was sent',
  failed: 'The page of approved connectors could not be sent',
  sending: 'The page of approved connectors is being sent',
  unknown: 'It is not known whether the page of approved connectors was sent',
};

/** Sends the page of approved connectors to someone who joins, and shows the outcome of the last mail. */
function SendConnectors({
  slug,
  journey: { id, connectorMail: mail },
}: {
  slug: string;
  journey: JourneyDetail;
}) {
  const send = useMutation(
    api.journeys.sendConnectors.mutationOptions({
      onSuccess: () => done('The page of approved connectors is sent.', api.journeys.key()),
      onError: failed,
    }),
  );
  return (
    <>
      {mail === null ? null : (
        <p className="second">
          {PAGE_WORDS[mail.outcome]} by {mail.by}, <When at={mail.at} inline />
          {mail.failure === null ? '.' : `: ${mail.failure}`}{' '}
          {mail.charterNow === null || mail.charterNow === mail.charter
            ? null
            : `The charter changed since, from version ${mail.charter} to ${mail.charterNow}; the page shows version ${mail.charterNow}.`}
        </p>
      )}
      {id === null ? null : (
        <div>
          <Button
            size="xs"
            loading={send.isPending}
            onClick={() => send.mutate({ client: slug, journey: id })}
          >
            Send the page of approved connectors
          </Button>
        </div>
      )}
    </>
  );
}
