import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { REPORT_KIND_WORDS } from '../../../../src/domain/staff/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { OwnerField } from '../work/owner-field.tsx';
import { DataField } from './data-field.tsx';
import { instantOf, localOf } from './moments.ts';
import { UploadFields } from './upload-fields.tsx';
import { rereadIncidents, type StaffReport, type Types } from './words.ts';

interface StartProps {
  readonly alert?: string | undefined;
  readonly drift?: string | undefined;
  /** Id of the Defender alert that the incident starts from. */
  readonly defender?: string | undefined;
  /** Address of the personal account that the incident starts from. */
  readonly account?: string | undefined;
  /** Key of the permission in Entra that the incident starts from; `person` is who granted it. */
  readonly grant?: string | undefined;
  readonly person?: string | undefined;
  /** Id of the preselected type. */
  readonly type?: string | undefined;
  readonly report?: StaffReport;
  readonly drill: boolean;
  readonly onClose: () => void;
}

/** Opens an incident: its type, what is known, and who leads it. */
export function StartDialog({ alert, report, defender, ...props }: StartProps) {
  const { slug } = useClientHere();
  const load = useQuery(
    api.incidents.types.queryOptions({
      input: {
        client: slug,
        ...(alert === undefined ? {} : { alert }),
        ...(report === undefined ? {} : { report: report.id }),
        ...(defender === undefined ? {} : { defender }),
      },
    }),
  );
  if (load.isError) return <LoadFailed load={load} what="The types of incident could not be loaded." />;
  return load.data === undefined ? null : (
    <StartForm types={load.data} alert={alert} defender={defender} {...(report && { report })} {...props} />
  );
}

function StartForm({
  types: { types, from, people, sandbox },
  alert,
  defender,
  drift,
  account,
  grant,
  person: affected,
  type: wanted,
  report,
  drill,
  onClose,
}: StartProps & { types: Types }) {
  const { slug, timezone } = useClientHere();
  const navigate = useNavigate();
  const [data, setData] = useState<Parameters<typeof DataField>[0]['value'][number][]>([]);
  const fields = useFields(
    {
      type: types.find(({ id, proposed }) => (wanted === undefined ? proposed : id === wanted))?.id ?? '',
      title: from?.title ?? (report === undefined ? '' : REPORT_KIND_WORDS[report.kind]),
      summary: from?.summary ?? report?.said ?? '',
      person: from?.person ?? account ?? affected ?? '',
      connector: from?.connector ?? (grant === undefined ? '' : 'Microsoft 365'),
      fileName: from?.fileName ?? '',
      pattern: from?.pattern ?? '',
      device: from?.device ?? '',
      happened: from?.happened == null ? '' : localOf(from.happened, timezone),
      lead: '',
      drill: drill || sandbox,
    },
    {
      type: needed('Choose the type.'),
      title: needed('Give it a short name.'),
      summary: needed('Say what is known so far.'),
    },
  );
  const chosen = types.find(({ id }) => id === fields.values.type);
  const about = chosen?.about ?? [];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={fields.values.drill ? 'Open a drill' : 'Open an incident'}
      submit={fields.values.drill ? 'Open the drill' : 'Open the incident'}
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { type, title, summary, person, connector, fileName, pattern, device, happened, lead } =
          fields.values;
        const opened = await calls.incidents.open({
          client: slug,
          type,
          title,
          summary,
          person: person.trim() || null,
          connector: connector.trim() || null,
          ...(about.includes('file')
            ? {
                fileName: fileName.trim() || null,
                pattern: pattern.trim() || null,
                device: device.trim() || null,
              }
            : {}),
          data,
          session: from?.session ?? null,
          happened: happened === '' ? null : instantOf(happened, timezone),
          ...(lead.trim() === '' ? {} : { lead: lead.trim() }),
          drill: fields.values.drill,
          ...(alert !== undefined
            ? { origin: 'alert' as const, originId: alert }
            : defender !== undefined
              ? { origin: 'defender' as const, originId: defender }
              : drift !== undefined
                ? { origin: 'drift' as const, originId: drift }
                : report !== undefined
                  ? { origin: 'staff' as const, originId: report.id }
                  : account !== undefined
                    ? { origin: 'register' as const, originId: account }
                    : grant !== undefined
                      ? { origin: 'grant' as const, originId: grant }
                      : {}),
        });
        await rereadIncidents();
        toast({ kind: 'done', text: `${opened.code} is open, and its deadlines are running.` });
        void navigate({
          to: '/c/$client/incidents/$incident',
          params: { client: slug, incident: opened.id },
        });
        return true;
      }}
    >
      {from?.already == null ? null : (
        <Notice mark="pending">{from.already.code} was already opened for this alert.</Notice>
      )}
      <NativeSelect
        label="Type"
        {...fields.text('type')}
        data={[
          { value: '', label: 'Choose…' },
          ...types.map(({ id, title, proposed }) => ({
            value: id,
            label: proposed ? `${title} (proposed for this alert)` : title,
          })),
        ]}
      />
      {chosen === undefined ? null : (
        <div className="small">
          <p>{chosen.story} It is of this type if any of these holds:</p>
          <ul>
            {chosen.criteria.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <TextInput label="Title" maxLength={300} {...fields.text('title')} />
      <Textarea
        label="What is known so far"
        autosize
        minRows={2}
        maxLength={4000}
        {...fields.text('summary')}
      />
      {about.includes('person') ? (
        <TextInput
          label="Person"
          description="Address of the person it is about. They cannot close it."
          maxLength={300}
          {...fields.text('person')}
        />
      ) : null}
      {about.includes('connector') ? (
        <TextInput label="Connector" maxLength={300} {...fields.text('connector')} />
      ) : null}
      {about.includes('file') ? <UploadFields text={(name) => fields.text(name)} /> : null}
      <DataField value={data} onChange={setData} />
      <TextInput
        type="datetime-local"
        label="When it happened"
        description="If left empty: not known"
        {...fields.text('happened')}
      />
      <OwnerField
        empty="you"
        people={people}
        value={fields.values.lead}
        onChange={(value) => fields.set('lead', value)}
      />
      <Checkbox
        label="This is a drill"
        description={
          sandbox
            ? 'Everything opened in the sandbox is a drill.'
            : 'It runs the playbook, is recorded as a drill, and does not count as an incident.'
        }
        disabled={sandbox}
        {...fields.box('drill')}
      />
    </FormDialog>
  );
}
// Guide: G7.2-09
