import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { names } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { useEdited } from '../../ui/edited.ts';
import { useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ClientAccess } from '../access/client-access.tsx';
import { WaitingProfile } from '../alerts/waiting-settings.tsx';
import { ClientReminders } from '../reminders/client-reminders.tsx';
import { ActivityRetention } from '../retention/activity-retention.tsx';
import { ClientRetention } from '../retention/client-retention.tsx';
import { StaffRetention } from '../retention/staff-retention.tsx';
import { LogoCard } from './logo-card.tsx';
import {
  CLIENT_RULES,
  type ClientValues,
  FirstAnswers,
  GatewayField,
  hasNoSiem,
  INPUT_ORDER,
  profileOf,
  SiemField,
} from './profile-fields.tsx';
import { RemoveClient } from './remove-client.tsx';
import { WhereFields } from './where-fields.tsx';

type Detail = Awaited<ReturnType<typeof calls.clients.get>>;

/** The client's profile and purchases, logo, message texts, retention, access, and removal. */
export function ClientSettingsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.clients.get.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage
      title="Settings"
      permission="client.read"
      load={load}
      meta="The client’s plan, licenses and devices determine which controls apply and what they require."
      main={(detail: Detail) => (
        <>
          <ProfileCard detail={detail} />
          <ClientAccess />
          <ActivityRetention />
          <StaffRetention />
        </>
      )}
      side={(detail: Detail) => (
        <>
          <LogoCard client={slug} hasLogo={detail.hasLogo} mayEdit={detail.can.edit} />
          <ClientReminders />
          <ClientRetention />
          {detail.can.remove ? (
            <RemoveClient name={detail.name} sandbox={detail.sandbox} client={slug} />
          ) : null}
        </>
      )}
    />
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
    siemLater: profile.siemLater?.is ?? '',
    siemLaterFrom: profile.siemLater?.from ?? '',
    siemLaterReason: profile.siemLater?.reason ?? '',
    deviceManagement: profile.deviceManagement ?? '',
  };
}

const LABELS = {
  name: 'Name',
  domains: 'Email domains',
  claudePlan: 'Claude plan',
  m365: 'Microsoft 365',
  claudeSeats: 'Claude seats bought',
  staffCount: 'Staff',
  timezone: 'Time zone',
  swg: 'Secure web gateway',
  siem: 'SIEM',
  deviceManagement: 'Device management',
} as const;

/** What is not known yet, so that an empty field is not read as "none". */
function NotStated({ stored }: { stored: ClientValues }) {
  const empty = Object.entries(LABELS).filter(([name]) => stored[name] === '');
  if (empty.length === 0) return null;
  return (
    <Notice mark="cannot_read">
      Not stated:{' '}
      {names(
        empty.map(([, label]) => label),
        9,
      )}
      . Controls that depend on {empty.length === 1 ? 'it' : 'these'} cannot be read until{' '}
      {empty.length === 1 ? 'it is' : 'they are'} stated.
    </Notice>
  );
}

/** A SIEM may be added later: it can be planned or declined, with a reason. */
function SiemLater({ fields }: { fields: ReturnType<typeof useFields<ClientValues>> }) {
  const { siemLater } = fields.values;
  return (
    <>
      <NativeSelect
        label="SIEM in the future"
        description="For the record: no other control depends on it."
        inputWrapperOrder={INPUT_ORDER}
        data={[
          { value: '', label: 'Not decided' },
          { value: 'planned', label: 'Planned' },
          { value: 'declined', label: 'Declined' },
        ]}
        {...fields.text('siemLater')}
      />
      {siemLater === 'planned' ? (
        <TextInput type="date" label="Planned from (optional)" {...fields.text('siemLaterFrom')} />
      ) : null}
      {siemLater === '' ? null : (
        <TextInput label="Reason" maxLength={500} {...fields.text('siemLaterReason')} />
      )}
    </>
  );
}

function ProfileCard({ detail }: { detail: Detail }) {
  const { slug } = useClientHere();
  const fields = useFields(valuesOf(detail), CLIENT_RULES);
  const { version, theirs, begin } = useEdited(detail, valuesOf, fields);
  const saving = useSaving({ notice: true });
  const list = Array.isArray(detail.profile.m365) ? detail.profile.m365 : null;
  // Fields that this form does not show keep their values.
  const { normalHours, holidays, addOns } = detail.profile;
  const save = (on: number) =>
    saving.save(async () => {
      const stored = await calls.clients.update({
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
      begin(stored);
      await done(
        stored.proposed === null
          ? 'Saved. The controls are being re-evaluated.'
          : 'Saved. What is shown above waits for approval by someone else.',
      );
    });
  return (
    <Card title="Profile">
      <Stack
        noValidate
        as="form"
        gap="xl"
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check()) void save(version);
        }}
      >
        {theirs === null ? null : (
          <ConflictNotice
            {...saving.quicker}
            changes={Object.entries(LABELS).map(([name, label]) => {
              const before = valuesOf(theirs)[name] ?? '';
              const after = fields.values[name] ?? '';
              return { name: label, before, after, same: before === after };
            })}
            onTakeTheirs={() => begin(theirs)}
            onKeepMine={() => void save(theirs.version)}
          />
        )}
        <WaitingProfile />
        <NotStated stored={valuesOf(detail)} />
        {list === null ? null : (
          <Notice>
            Microsoft licenses are listed one by one: {list.join(', ')}. Choosing one below replaces the list.
          </Notice>
        )}
        <FirstAnswers fields={fields}>
          <GatewayField fields={fields} />
          <TextInput label="Claude seats bought" inputMode="numeric" {...fields.text('claudeSeats')} />
          <TextInput
            label="Staff"
            description="Number of employees."
            inputWrapperOrder={INPUT_ORDER}
            inputMode="numeric"
            {...fields.text('staffCount')}
          />
          <WhereFields fields={fields} />
          <SiemField fields={fields} />
          {hasNoSiem(fields.values.siem) ? <SiemLater fields={fields} /> : null}
        </FirstAnswers>
        {detail.can.edit ? (
          <SaveBar saving={saving} changed={fields.changed} filled>
            Save profile
          </SaveBar>
        ) : null}
      </Stack>
    </Card>
  );
}
