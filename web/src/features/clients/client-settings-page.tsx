import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, type client as calls, queries } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { type Meanwhile, meanwhileOf, useEdited } from '../../ui/edited.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { ClientAccess } from '../access/client-access.tsx';
import { ClientReminders } from '../reminders/client-reminders.tsx';
import { ActivityRetention } from '../retention/activity-retention.tsx';
import { ClientRetention } from '../retention/client-retention.tsx';
import { LogoCard } from './logo-card.tsx';
import { BELOW, CLIENT_RULES, type ClientValues, FirstAnswers, profileOf, zones } from './profile-fields.tsx';
import { RemoveClient } from './remove-client.tsx';

type Detail = Awaited<ReturnType<typeof calls.clients.get>>;

/** What the client is and has bought, its logo, what messages say, how long things are kept, who may see it, and its removal. */
export function ClientSettingsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.clients.get.queryOptions({ input: { client: slug } }));
  return (
    <FormPage
      title="Settings"
      permission="client.read"
      load={load}
      meta="What the client is and has bought determines which controls apply and what they require."
    >
      {(detail: Detail) => (
        <Stack gap="xl">
          <ProfileCard detail={detail} />
          <LogoCard client={slug} hasLogo={detail.hasLogo} mayEdit={detail.can.edit} />
          <ClientReminders />
          <ClientRetention />
          <ActivityRetention />
          <ClientAccess />
          {detail.can.remove ? (
            <RemoveClient name={detail.name} sandbox={detail.sandbox} client={slug} />
          ) : null}
        </Stack>
      )}
    </FormPage>
  );
}

function valuesOf({ name, profile }: Detail): ClientValues {
  return {
    name,
    domains: profile.domains.join(', '),
    claudePlan: profile.claudePlan,
    claudeSeats: profile.claudeSeats === undefined ? '' : String(profile.claudeSeats),
    m365: typeof profile.m365 === 'string' ? profile.m365 : '',
    staffCount: profile.staffCount === undefined ? '' : String(profile.staffCount),
    timezone: profile.timezone,
    swg: profile.swg ?? '',
    siem: profile.siem ?? '',
    deviceManagement: profile.deviceManagement ?? '',
  };
}

const LABELS = {
  name: 'Name',
  domains: 'Mail domains',
  claudePlan: 'Claude plan',
  m365: 'Microsoft 365',
  claudeSeats: 'Claude seats bought',
  staffCount: 'Staff',
  timezone: 'Time zone',
  swg: 'Secure web gateway',
  siem: 'SIEM',
  deviceManagement: 'Device management',
} as const;

function ProfileCard({ detail }: { detail: Detail }) {
  const { slug } = useClientHere();
  const fields = useFields(valuesOf(detail), CLIENT_RULES);
  const { version, theirs, begin } = useEdited(detail, valuesOf, fields);
  const [quicker, setQuicker] = useState<Meanwhile>({ by: null, at: null });
  const [failure, setFailure] = useState<string | null>(null);
  const update = useMutation(
    api.clients.update.mutationOptions({
      onSuccess: async (stored) => {
        begin(stored);
        await done('Saved. The controls are being re-evaluated.');
      },
      onError: async (error) => {
        setQuicker(meanwhileOf(error));
        if (explainError(error).code === 'CONFLICT') await queries.invalidateQueries();
        else setFailure(explainError(error).text);
      },
    }),
  );
  const list = Array.isArray(detail.profile.m365) ? detail.profile.m365 : null;
  const save = (on: number) => {
    // What this form does not show stays as it is.
    const { normalHours, holidays, addOns } = detail.profile;
    update.mutate({
      client: slug,
      version: on,
      name: fields.values.name.trim(),
      profile: {
        ...profileOf(fields.values),
        addOns,
        holidays,
        ...(normalHours === undefined ? {} : { normalHours }),
        ...(list !== null && fields.values.m365 === '' ? { m365: list } : {}),
      },
    });
  };
  return (
    <Card title="Profile">
      <Stack
        noValidate
        as="form"
        gap="xl"
        onSubmit={(event) => {
          event.preventDefault();
          setFailure(null);
          if (fields.check()) save(version);
        }}
      >
        {theirs === null ? null : (
          <ConflictNotice
            {...quicker}
            changes={Object.entries(LABELS).map(([name, label]) => {
              const before = valuesOf(theirs)[name] ?? '';
              const after = fields.values[name] ?? '';
              return { name: label, before, after, same: before === after };
            })}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => save(theirs.version)}
          />
        )}
        <FirstAnswers fields={fields} />
        {list === null ? null : (
          <Notice>
            Microsoft licenses are listed one by one: {list.join(', ')}. Choosing one above replaces the list.
          </Notice>
        )}
        <Columns min="17rem" gap="lg">
          <TextInput label="Claude seats bought" inputMode="numeric" {...fields.text('claudeSeats')} />
          <TextInput
            label="Staff"
            description="People employed."
            inputWrapperOrder={BELOW}
            inputMode="numeric"
            {...fields.text('staffCount')}
          />
          <TextInput label="Time zone" list="zones" {...fields.text('timezone')} />
          <TextInput
            label="Secure web gateway"
            description="For example zscaler or netskope; enter none if there is none."
            inputWrapperOrder={BELOW}
            {...fields.text('swg')}
          />
          <TextInput
            label="SIEM"
            description="For example sentinel or splunk; enter none if there is none."
            inputWrapperOrder={BELOW}
            {...fields.text('siem')}
          />
        </Columns>
        <datalist id="zones">
          {zones().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <p role="alert" className="late">
          {failure}
        </p>
        {detail.can.edit ? (
          <Row gap="md" above="xl">
            <Button type="submit" variant="filled" disabled={!fields.changed} loading={update.isPending}>
              Save profile
            </Button>
          </Row>
        ) : null}
      </Stack>
    </Card>
  );
}
