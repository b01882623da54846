import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addressOf, client as calls, fetchFile, queries, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { RecordDialog } from '../evidence/record-dialog.tsx';
import { OwnerField, ownerValue } from '../work/owner-field.tsx';
import { DataField } from './data-field.tsx';
import { instantOf, localOf } from './moments.ts';
import { OnWord } from './on-word.tsx';
import { UploadFields } from './upload-fields.tsx';
import { type Incident, rereadIncidents, type Step } from './words.ts';

interface DialogProps {
  readonly incident: Incident;
  readonly onClose: () => void;
}

/** Closes an incident as resolved or as a false alarm. */
export function CloseDialog({ incident, onClose }: DialogProps) {
  const { slug } = useClientHere();
  const ready = incident.gaps.length === 0;
  const fields = useFields(
    { as: ready ? 'resolved' : 'false_alarm', reason: '' },
    { reason: needed('Briefly say how it ended.') },
  );
  const { as } = fields.values;
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Close ${incident.code}`}
      submit="Close it"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.incidents.close({
          client: slug,
          incident: incident.id,
          version: incident.version,
          as: as === 'false_alarm' ? 'false_alarm' : 'resolved',
          reason: fields.values.reason,
        });
        await rereadIncidents();
        toast({ kind: 'done', text: `${incident.code} is closed.` });
        return true;
      }}
    >
      <Radio.Group label="How it ended" value={as} onChange={(value) => fields.set('as', value)}>
        <Radio value="resolved" label="Resolved" disabled={!ready} />
        <Radio
          value="false_alarm"
          label="A false alarm"
          description="Only someone who neither opened the incident nor ever led it can say this."
        />
      </Radio.Group>
      {ready ? null : (
        <Notice mark="pending">It can be closed as resolved once every step is settled.</Notice>
      )}
      {as === 'resolved' ? <OnWord incident={incident} /> : null}
      <Textarea label="Closing note" autosize minRows={2} maxLength={4000} {...fields.text('reason')} />
    </FormDialog>
  );
}

export function ReopenDialog({ incident, onClose }: DialogProps) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Reopen ${incident.code}`}
      submit="Reopen it"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { id, version } = incident;
        await calls.incidents.reopen({ client: slug, incident: id, version, reason: fields.values.reason });
        await rereadIncidents();
        toast({ kind: 'done', text: `${incident.code} is open again.` });
        return true;
      }}
    >
      <Textarea label="Why" autosize minRows={2} maxLength={4000} {...fields.text('reason')} />
    </FormDialog>
  );
}

export function NoteDialog({ incident, onClose }: DialogProps) {
  const { slug } = useClientHere();
  const fields = useFields({ note: '' }, { note: needed('Write the note.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Add a note"
      submit="Add the note"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.incidents.note({ client: slug, incident: incident.id, note: fields.values.note });
        await rereadIncidents();
        toast({ kind: 'done', text: 'The note is on the timeline.' });
        return true;
      }}
    >
      <Textarea
        label="Note"
        description="Never enter a password or key. The note stays on the timeline and cannot be changed."
        autosize
        minRows={3}
        maxLength={4000}
        {...fields.text('note')}
      />
    </FormDialog>
  );
}

export function EditDialog({ incident, onClose }: DialogProps) {
  const { slug, timezone } = useClientHere();
  const [data, setData] = useState(() => [...incident.data]);
  const uploads = incident.playbook.about.includes('file');
  const fields = useFields(
    {
      title: incident.title,
      summary: incident.summary,
      severity: incident.severity as string,
      lead: ownerValue(incident.lead),
      person: incident.person ?? '',
      connector: incident.connector ?? '',
      fileName: incident.fileName ?? '',
      pattern: incident.pattern ?? '',
      device: incident.device ?? '',
      happened: incident.happened === null ? '' : localOf(incident.happened, timezone),
    },
    {
      title: needed('Give it a short name.'),
      summary: needed('Say what is known so far.'),
      lead: needed('Name who leads it.'),
    },
  );
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Change ${incident.code}`}
      submit="Save"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { title, summary, severity, lead, person, connector, fileName, pattern, device, happened } =
          fields.values;
        await calls.incidents.edit({
          client: slug,
          incident: incident.id,
          version: incident.version,
          title,
          summary,
          severity: severity === 'critical' ? 'critical' : severity === 'high' ? 'high' : 'medium',
          lead,
          person: person.trim() || null,
          connector: connector.trim() || null,
          ...(uploads
            ? {
                fileName: fileName.trim() || null,
                pattern: pattern.trim() || null,
                device: device.trim() || null,
              }
            : {}),
          data,
          happened: happened === '' ? null : instantOf(happened, timezone),
        });
        await rereadIncidents();
        toast({ kind: 'done', text: 'Saved.' });
        return true;
      }}
    >
      <TextInput label="Title" maxLength={300} {...fields.text('title')} />
      <Textarea
        label="What is known so far"
        autosize
        minRows={2}
        maxLength={4000}
        {...fields.text('summary')}
      />
      <NativeSelect
        label="Severity"
        {...fields.text('severity')}
        data={[
          { value: 'critical', label: 'Critical' },
          { value: 'high', label: 'High' },
          { value: 'medium', label: 'Medium' },
        ]}
      />
      <OwnerField
        people={incident.people}
        value={fields.values.lead}
        onChange={(value) => fields.set('lead', value)}
      />
      <TextInput label="Person" maxLength={300} {...fields.text('person')} />
      <TextInput label="Connector" maxLength={300} {...fields.text('connector')} />
      {uploads ? <UploadFields text={(name) => fields.text(name)} /> : null}
      <DataField value={data} onChange={setData} />
      <TextInput
        type="datetime-local"
        label="When it happened"
        description="If left empty: not known"
        {...fields.text('happened')}
      />
    </FormDialog>
  );
}

/** Asks a second person to agree that a step is left out. */
export function AgreeDialog({ incident, step, onClose }: DialogProps & { readonly step: Step }) {
  const { slug } = useClientHere();
  const fields = useFields({ reason: '' }, { reason: needed('Say why you agree.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Agree to skip the step"
      submit="Agree"
      onSubmit={async () => {
        if (!fields.check()) return false;
        await calls.incidents.agree({
          client: slug,
          incident: incident.id,
          step: step.id,
          version: step.version,
          reason: fields.values.reason,
        });
        await rereadIncidents();
        toast({ kind: 'done', text: 'The step is skipped.' });
        return true;
      }}
    >
      <p>
        {step.title}. {step.done?.by ?? 'Someone'} asks to skip it: {step.reason}
      </p>
      <Textarea label="Why you agree" autosize minRows={2} maxLength={4000} {...fields.text('reason')} />
    </FormDialog>
  );
}

/** The post-incident report, as a signed PDF or a web page. */
export function ReportDialog({ incident, onClose }: DialogProps) {
  const { slug } = useClientHere();
  const { report } = routes.incidents;
  const which = { client: slug, incident: incident.id };
  return (
    <RecordDialog
      title={`Report of ${incident.code}`}
      records={incident.records}
      mayMake={incident.may.lead}
      make={async (paper) => {
        const created = await calls.incidents.report.make({ ...which, paper });
        await queries.invalidateQueries();
        await fetchFile(report.file, { ...which, sha256: created.sha256 });
        return created;
      }}
      addressOf={(sha256) => addressOf(report.file, { ...which, sha256 })}
      onClose={onClose}
    >
      <p>
        A PDF of what happened, every step, the evidence and the timeline. This server signs it and keeps it
        as evidence. Confidential answers are left out.
      </p>
      <p>
        <a href={addressOf(report.page, which)}>The same report as a web page</a>, not signed.
      </p>
    </RecordDialog>
  );
}
