import { Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CATEGORY_CHOICES, SEVERITY_CHOICES } from '../../../../src/domain/forwarding/words.ts';
import { done } from '../../acts.ts';
import { addressOf, api, client as calls, queries, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { SettingField, type SettingValue, usualSettings } from '../../ui/setting-field.tsx';
import classes from './sinks.module.css';
import type { Kind, Sink } from './words.ts';

type Filter = Sink['filter'];
type Category = keyof typeof CATEGORY_CHOICES;
type Severity = keyof typeof SEVERITY_CHOICES;
const CATEGORIES = Object.keys(CATEGORY_CHOICES) as Category[];
const SEVERITIES = Object.keys(SEVERITY_CHOICES) as Severity[];
const EVERYTHING: Filter = {
  categories: null,
  activities: true,
  alerts: true,
  minSeverity: 'low',
  audit: false,
  workspaceAudit: false,
};

interface Props {
  readonly kind: Kind;
  /** null: a new one. */
  readonly sink: Sink | null;
  /** Whether the viewer may send the workspace's audit log to the sink. */
  readonly mayForwardWorkspace: boolean;
  readonly onClose: () => void;
}

/** Adds or changes a sink: the fields of its kind, what it receives, and from when. */
export function SinkDialog({ kind, sink, mayForwardWorkspace, onClose }: Props) {
  const { slug } = useClientHere();
  const [name, setName] = useState(sink?.name ?? kind.title.replace(/ \(.+\)$/u, ''));
  const [settings, setSettings] = useState<Record<string, SettingValue>>(() =>
    usualSettings(kind.fields, sink?.settings),
  );
  const [filter, setFilter] = useState<Filter>(sink?.filter ?? EVERYTHING);
  const [from, setFrom] = useState<'now' | 'start'>('now');
  const submit = async () => {
    const wanted = { client: slug, name, settings, filter };
    try {
      await (sink === null
        ? calls.sinks.add({ ...wanted, kind: kind.id, from })
        : calls.sinks.change({ ...wanted, sink: sink.id, version: sink.version }));
    } catch (error) {
      if (explainError(error).code === 'CONFLICT')
        await queries.invalidateQueries({ queryKey: api.sinks.key() });
      throw error;
    }
    await done('Saved. Send a test event to see whether it arrives.', api.sinks.key());
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={sink === null ? `Send to ${kind.title}` : `Change ${sink.name}`}
      submit={sink === null ? 'Add the sink' : 'Save'}
      onSubmit={submit}
    >
      <Stack>
        <Fold summary="What to set up on the other side first" open={sink === null}>
          <Stack as="ol" gap="xs" above="sm" bullets>
            {kind.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </Stack>
          {kind.template === null ? null : (
            <p className="line">
              <a href={addressOf(routes.sinks.template, { client: slug, kind: kind.id })} download>
                {kind.template}
              </a>
            </p>
          )}
        </Fold>
        <TextInput
          label="Name"
          description="The name shown on this page."
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {kind.fields.map((field) => (
          <SettingField
            key={field.name}
            field={field}
            stored={sink?.secretsStored.includes(field.name) ?? false}
            value={settings[field.name]}
            onChange={(value) => setSettings((was) => ({ ...was, [field.name]: value }))}
          />
        ))}
        <What filter={filter} mayForwardWorkspace={mayForwardWorkspace} onChange={setFilter} />
        {sink === null ? (
          <Radio.Group
            label="From when"
            value={from}
            onChange={(value) => setFrom(value === 'start' ? 'start' : 'now')}
          >
            <Row gap="lg" above="xs">
              <Radio value="now" label="From now on" />
              <Radio value="start" label="Also everything already in the log" />
            </Row>
          </Radio.Group>
        ) : null}
        <p className="muted">{kind.promise}</p>
      </Stack>
    </FormDialog>
  );
}

interface WhatProps {
  readonly filter: Filter;
  readonly mayForwardWorkspace: boolean;
  readonly onChange: (filter: Filter) => void;
}

function What({ filter, mayForwardWorkspace, onChange }: WhatProps) {
  const { categories, activities, alerts, minSeverity } = filter;
  const toggle = (category: Category, on: boolean) => {
    const next = new Set<Category>(categories ?? CATEGORIES);
    if (on) next.add(category);
    else next.delete(category);
    if (next.size > 0) onChange({ ...filter, categories: CATEGORIES.filter((one) => next.has(one)) });
  };
  return (
    <fieldset className={classes.what}>
      <legend>What it receives</legend>
      <Checkbox
        label="Activities"
        checked={activities}
        onChange={(event) => onChange({ ...filter, activities: event.currentTarget.checked })}
      />
      {activities ? (
        <Stack gap="sm" bullets>
          <Checkbox
            label="All categories, including ones added later"
            checked={categories === null}
            onChange={(event) =>
              onChange({ ...filter, categories: event.currentTarget.checked ? null : [...CATEGORIES] })
            }
          />
          {categories === null ? null : (
            <Columns min="14rem" gap="sm">
              {CATEGORIES.map((category) => (
                <Checkbox
                  key={category}
                  label={CATEGORY_CHOICES[category]}
                  checked={categories.includes(category)}
                  onChange={(event) => toggle(category, event.currentTarget.checked)}
                />
              ))}
            </Columns>
          )}
        </Stack>
      ) : null}
      <Checkbox
        label="Alerts"
        checked={alerts}
        onChange={(event) => onChange({ ...filter, alerts: event.currentTarget.checked })}
      />
      {alerts ? (
        <Stack gap="sm" bullets>
          <NativeSelect
            label="Severity"
            data={SEVERITIES.map((value) => ({ value, label: SEVERITY_CHOICES[value] }))}
            value={minSeverity}
            onChange={(event) =>
              onChange({
                ...filter,
                minSeverity: SEVERITIES.find((one) => one === event.currentTarget.value) ?? 'low',
              })
            }
          />
        </Stack>
      ) : null}
      <Checkbox
        label="The client’s audit log"
        description="Who did what in Bylaw, with the number and hash of each record. Never the values before and after, reasons or secrets."
        checked={filter.audit ?? false}
        onChange={(event) => onChange({ ...filter, audit: event.currentTarget.checked })}
      />
      {mayForwardWorkspace || filter.workspaceAudit === true ? (
        <Checkbox
          label="The workspace’s audit log"
          description="People, roles, sign-in and settings of the whole server. Only Owners can choose it, and only they can then change this sink."
          checked={filter.workspaceAudit ?? false}
          disabled={!mayForwardWorkspace}
          onChange={(event) => onChange({ ...filter, workspaceAudit: event.currentTarget.checked })}
        />
      ) : null}
    </fieldset>
  );
}
