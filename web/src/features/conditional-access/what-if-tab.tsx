import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { CheckCard } from './check-card.tsx';
import { conditionalAccessRoute } from './routes.tsx';
import { UnknownMembers } from './unknown-members.tsx';
import {
  controlWords,
  EFFECT_WORDS,
  type Effect,
  type Everyone,
  REASON_WORDS,
  sessionWords,
  stateWords,
  type WhatIf,
} from './words.ts';

const PLATFORMS = [
  { value: 'windows', label: 'Windows' },
  { value: 'macOS', label: 'macOS' },
  { value: 'iOS', label: 'iOS' },
  { value: 'android', label: 'Android' },
  { value: 'linux', label: 'Linux' },
  { value: 'unknown', label: 'Another platform' },
];
const CLIENTS = [
  { value: 'browser', label: 'Browser' },
  { value: 'mobileAppsAndDesktopClients', label: 'Mobile or desktop app' },
];
const DEVICES = [
  { value: 'unknown', label: 'Not known' },
  { value: 'compliant', label: 'Compliant' },
  { value: 'not_compliant', label: 'Not compliant' },
];
const RISKS = [
  { value: 'none', label: 'None' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
  { value: 'unknown', label: 'Not known' },
];
const INSIDER_RISKS = [
  { value: 'none', label: 'None' },
  { value: 'minor', label: 'Minor' },
  { value: 'moderate', label: 'Moderate' },
  { value: 'elevated', label: 'Elevated' },
  { value: 'unknown', label: 'Not known' },
];
const FLOWS = [
  { value: 'none', label: 'In the app or browser itself' },
  { value: 'deviceCodeFlow', label: 'With a device code' },
  { value: 'authenticationTransfer', label: 'Handed over from another device' },
  { value: 'unknown', label: 'Not known' },
];

/** The effect of the policies on a sign-in: for everyone, and policy by policy for one person. */
export function WhatIfTab({ slug }: { slug: string }) {
  const search = conditionalAccessRoute.useSearch();
  const navigate = conditionalAccessRoute.useNavigate();
  const { person, app, place, platform, clientApp, device, signInRisk, userRisk, flow, insiderRisk } = search;
  const circumstances = {
    ...(app === undefined ? {} : { app }),
    ...(place === undefined ? {} : { place }),
    platform: platform ?? 'windows',
    clientApp: clientApp ?? 'browser',
    device: device ?? 'unknown',
    signInRisk: signInRisk ?? 'none',
    userRisk: userRisk ?? 'none',
    flow: flow ?? 'none',
    insiderRisk: insiderRisk ?? 'none',
  } as const;
  const all = useQuery(
    api.conditionalAccess.everyone.queryOptions({ input: { client: slug, ...circumstances } }),
  );
  const one = useQuery({
    ...api.conditionalAccess.whatIf.queryOptions({
      input: { client: slug, person: person ?? '-', ...circumstances },
    }),
    enabled: person !== undefined,
  });
  const set = (part: Record<string, string | undefined>) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: true });
  const choice = (
    label: string,
    name: keyof typeof search,
    value: string,
    data: readonly { value: string; label: string }[],
  ) => (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      data={data}
    />
  );
  return (
    <>
      <Card title="The sign-in">
        <Columns min="12rem" gap="md">
          {choice(
            'Application',
            'app',
            all.data?.app ?? '',
            (all.data?.apps ?? []).map(({ appId, name }) => ({ value: appId, label: name })),
          )}
          {choice('Platform', 'platform', circumstances.platform, PLATFORMS)}
          {choice('Client app', 'clientApp', circumstances.clientApp, CLIENTS)}
          {choice('Device', 'device', circumstances.device, DEVICES)}
          {choice('Place', 'place', place ?? 'unknown', [
            { value: 'elsewhere', label: 'In no named location' },
            ...(all.data?.places ?? []).map(({ id, name }) => ({ value: id, label: name })),
            { value: 'unknown', label: 'Not known' },
          ])}
          {choice('Sign-in risk', 'signInRisk', circumstances.signInRisk, RISKS)}
          {choice('User risk', 'userRisk', circumstances.userRisk, RISKS)}
          {choice('Insider risk', 'insiderRisk', circumstances.insiderRisk, INSIDER_RISKS)}
          {choice('Way of signing in', 'flow', circumstances.flow, FLOWS)}
        </Columns>
      </Card>
      <LoadFailed load={all} what="The effect of the policies could not be loaded." />
      {all.data === undefined || all.data.why !== null ? null : all.data.app === null ? (
        <Notice mark="fail">There is no Claude application in Entra, so no policy can apply to it.</Notice>
      ) : (
        <Card
          title="Everyone"
          aside={`${count(all.data.people, 'person', 'people')}, ${all.data.seats} with a seat`}
        >
          <Stack gap="sm">
            <UnknownMembers slug={slug} members={all.data.unknownMembers} />
            {all.data.outcomes.map(({ is, count: n, who }) =>
              n === 0 ? null : (
                <Fold key={is} summary={EFFECT_WORDS[is]} beside={count(n, 'person', 'people')}>
                  <p>
                    {names(who, 50)}
                    {n > who.length ? `, and ${n - who.length} more` : ''}
                  </p>
                  {is === 'unknown' ? (
                    <Doubts
                      doubts={all.data.doubts}
                      more={all.data.moreDoubts}
                      placed={place !== undefined && place !== 'unknown'}
                    />
                  ) : null}
                </Fold>
              ),
            )}
          </Stack>
        </Card>
      )}
      {all.data?.app ? <CheckCard asked={{ client: slug, ...circumstances }} /> : null}
      <PersonCard
        slug={slug}
        person={person}
        onAsk={(text) => set({ person: text || undefined })}
        load={one}
      />
    </>
  );
}

/** The policies, and the conditions in them, that leave the outcome undetermined. */
function Doubts({
  doubts,
  more,
  placed,
}: {
  doubts: Everyone['doubts'];
  more: number;
  /** Whether a place was chosen. */
  placed: boolean;
}) {
  return (
    <>
      <p>What is not known for each policy:</p>
      <ul className="wraps">
        {/* Policy names are not unique. */}
        {doubts.map(({ policy, reasons, people }, at) => (
          <li key={`${policy} ${at}`}>
            “{policy}”, {count(people, 'person', 'people')}:{' '}
            {reasons.length === 0
              ? 'whether its requirements are met'
              : reasons.map((reason) => REASON_WORDS[reason]).join(', ')}
          </li>
        ))}
        {more === 0 ? null : <li>and {count(more, 'more policy', 'more policies')}</li>}
      </ul>
      {doubts.some(({ reasons }) => reasons.includes('location')) ? (
        <p className="second">
          {placed
            ? 'No file says which country an address is in, and named locations can share addresses, so the chosen place does not settle every policy.'
            : 'Choose a place to settle what depends on it.'}
        </p>
      ) : null}
    </>
  );
}

function PersonCard(props: {
  slug: string;
  person: string | undefined;
  onAsk: (text: string) => void;
  load: { data: WhatIf | undefined; error: unknown; isPending: boolean; refetch(): unknown };
}) {
  const [text, setText] = useState(props.person ?? '');
  const { data } = props.load;
  return (
    <Card title="One person">
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            props.onAsk(text.trim());
          }}
        >
          <Row align="end">
            <TextInput
              label="Address of the person"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit">Ask</Button>
          </Row>
        </form>
        {props.person === undefined ? null : (
          <LoadFailed load={props.load} what="The answer could not be loaded." />
        )}
        {props.person === undefined || data === undefined || data.why !== null ? null : data.person ===
          null ? (
          <Notice mark="cannot_read">
            No one with this address holds a seat or is among the Entra users that were read.
          </Notice>
        ) : (
          <>
            <p aria-live="polite">
              <strong>{data.person.name}</strong>
              {data.person.seat ? ', who holds a Claude seat' : ', who holds no Claude seat'}:{' '}
              {data.outcome === null ? null : <OutcomeMark is={data.outcome} />}
            </p>
            <UnknownMembers slug={props.slug} members={data.unknownMembers} />
            <PlainTable
              label="Policies for this sign-in"
              framed
              rows={data.policies.toSorted((a, b) => RANK[a.applies] - RANK[b.applies])}
              rowId={(row) => row.id ?? row.name}
              columns={[
                { head: 'Policy', cell: (row) => row.name },
                { head: 'State', cell: (row) => stateWords(row.state) },
                { head: 'Applies', cell: (row) => appliesWords(row) },
                { head: 'Then', cell: (row) => (row.applies === 'no' ? '' : thenWords(row)) },
              ]}
            />
          </>
        )}
      </Stack>
    </Card>
  );
}

const RANK = { yes: 0, unknown: 1, no: 2 } as const;

function OutcomeMark({ is }: { is: Effect }) {
  return is === 'unknown' ? (
    <VerdictMark state="cannot_read">{EFFECT_WORDS[is]}</VerdictMark>
  ) : (
    <strong>{EFFECT_WORDS[is].toLowerCase()}</strong>
  );
}

function appliesWords({ applies, reasons }: WhatIf['policies'][number]): string {
  const why = reasons.map((reason) => REASON_WORDS[reason]).join(', ');
  if (applies === 'yes') return 'Yes';
  return applies === 'no' ? `No: ${why}` : `Cannot tell: ${why}`;
}

function thenWords({ effect, controls, all, session }: WhatIf['policies'][number]): string {
  const asks = controls.map(controlWords).join(all ? ' and ' : ' or ');
  const blocks = controls.length === 1 && controls[0]?.toLowerCase() === 'block';
  return [
    asks === ''
      ? ''
      : blocks
        ? 'Blocks the sign-in'
        : `Asks for ${asks}: ${EFFECT_WORDS[effect].toLowerCase()}`,
    ...session.map((one) => `Sets ${sessionWords(one)}`),
  ]
    .filter((words) => words !== '')
    .join('. ');
}
