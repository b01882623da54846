import { Checkbox, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PRESET_WORDS, PRESETS } from '../../../../src/domain/connectors/presets.ts';
import { CATEGORY_WORDS, dataWords } from '../../../../src/domain/connectors/words.ts';
import { count, lowerFirst } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import type { Matrix } from './words.ts';

type SaveInput = Parameters<typeof calls.connectors.save>[0];
export type Addition = NonNullable<SaveInput['add']>[number];

interface AddDialogProps {
  readonly addable: Matrix['addable'];
  /** The connector that the table shows and the charter does not approve; null: start empty. */
  readonly from: {
    readonly entry: string | null;
    readonly name: string;
    readonly tools: readonly string[];
  } | null;
  readonly onAdd: (addition: Addition) => Promise<void>;
  readonly onClose: () => void;
}

/** Approves another connector: one from the catalogue, or one described only by its name and tools. */
export function AddDialog({ addable, from, onAdd, onClose }: AddDialogProps) {
  const [source, setSource] = useState<'catalogue' | 'custom'>(
    from === null || from.entry !== null ? 'catalogue' : 'custom',
  );
  const known = source === 'catalogue';
  const fields = useFields(
    {
      entry: from?.entry ?? '',
      name: from?.entry === null ? from.name : '',
      kind: 'custom',
      url: '',
      sensitivity: '',
      memberData: '',
      ams: '',
      tools: from?.entry === null ? from.tools.join('\n') : '',
      preset: 'baseline',
    },
    {
      entry: (value) => (known && value === '' ? 'Choose a connector.' : null),
      name: (value, all) =>
        known ? null : needed<typeof all>('Enter its name as Claude lists it.')(value, all),
      url: (value) =>
        known || value.trim() === '' || isAddress(value.trim())
          ? null
          : 'Enter an address that begins with https://',
      tools: (value) => (known ? null : toolsOf(value).fault),
    },
  );
  const { values } = fields;
  const chosen = addable.find(({ id }) => id === values.entry);
  const isAms = known ? chosen?.category === 'ams' : values.ams === 'yes';
  const [ways, setWays] = useState<readonly Way[]>([]);
  const [wayFault, setWayFault] = useState<string | null>(null);
  const submit = async () => {
    const fault = isAms ? faultOf(ways) : null;
    setWayFault(fault);
    if (!fields.check() || fault !== null) return false;
    const amsMethods = isAms ? { amsMethods: [...ways] } : {};
    const preset = PRESETS.find((one) => one === values.preset) ?? 'baseline';
    if (known) await onAdd({ entry: values.entry, preset, ...amsMethods });
    else
      await onAdd({
        name: values.name.trim(),
        kind: values.kind === 'directory' ? 'directory' : 'custom',
        preset,
        tools: [...toolsOf(values.tools).tools],
        ...(values.kind === 'directory' || values.url.trim() === '' ? {} : { url: values.url.trim() }),
        ...(values.sensitivity === ''
          ? {}
          : { sensitivity: values.sensitivity as 'low' | 'medium' | 'high' }),
        ...(values.memberData === '' ? {} : { memberData: values.memberData === 'yes' }),
        ...(values.ams === '' ? {} : { ams: values.ams === 'yes' }),
        ...amsMethods,
      });
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Add a connector to the charter"
      submit="Add to the draft"
      onSubmit={submit}
    >
      <SegmentedControl
        aria-label="Where it comes from"
        value={source}
        onChange={(value) => setSource(value === 'custom' ? 'custom' : 'catalogue')}
        data={[
          { value: 'catalogue', label: 'From the catalogue' },
          { value: 'custom', label: 'Another one' },
        ]}
      />
      {known ? (
        <NativeSelect
          label="Connector"
          description={
            chosen === undefined
              ? 'Connectors that the charter already approves are not listed.'
              : `${CATEGORY_WORDS[chosen.category]}. Reaches: ${lowerFirst(dataWords(chosen.dataClasses))}. ${count(chosen.actions, 'action')}.`
          }
          data={[
            { value: '', label: 'Choose a connector' },
            ...addable.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...fields.text('entry')}
        />
      ) : (
        <>
          <TextInput label="Name, as Claude lists it" {...fields.text('name')} />
          <NativeSelect
            label="Kind"
            data={[
              { value: 'custom', label: 'Custom server (remote MCP)' },
              { value: 'directory', label: 'Listed in Anthropic’s directory' },
            ]}
            {...fields.text('kind')}
          />
          {values.kind === 'directory' ? null : (
            <TextInput
              label="Address of the server"
              description="Locked-down devices allow the charter’s servers by address. You can leave this empty."
              placeholder="https://ams.example.org/mcp"
              {...fields.text('url')}
            />
          )}
          <NativeSelect
            label="How sensitive its data is"
            data={[
              { value: '', label: 'Not stated' },
              { value: 'low', label: 'Low' },
              { value: 'medium', label: 'Medium' },
              { value: 'high', label: 'High' },
            ]}
            {...fields.text('sensitivity')}
          />
          <NativeSelect
            label="Whether it holds member data"
            description="If it does, it is treated as read-only until someone states that it is not a membership system."
            data={YES_NO}
            {...fields.text('memberData')}
          />
          <NativeSelect label="Whether it is the membership system" data={YES_NO} {...fields.text('ams')} />
          <Textarea
            label="Its tools, one per line"
            description="After a colon, you can say what it does: read, write, send, delete or admin."
            placeholder={'search_members: read\nupdate_member: write'}
            autosize
            minRows={4}
            maxRows={12}
            {...fields.text('tools')}
          />
        </>
      )}
      {isAms ? (
        <Ways
          ways={ways}
          fault={wayFault}
          onWays={(next) => {
            setWays(next);
            setWayFault(null);
          }}
        />
      ) : null}
      <NativeSelect
        label="Begin with"
        description={PRESET_WORDS[PRESETS.find((one) => one === values.preset) ?? 'baseline'].says}
        data={PRESETS.map((value) => ({ value, label: PRESET_WORDS[value].name }))}
        {...fields.text('preset')}
      />
    </FormDialog>
  );
}

type Way = NonNullable<Addition['amsMethods']>[number];

function faultOf(ways: readonly Way[]): string | null {
  if (ways.length === 0) return 'Say how Claude reaches it.';
  return ways.includes('custom_mcp')
    ? null
    : 'This connector is a custom server: choose that way too, or leave the connector out.';
}

/**
 * Asks which of the guide’s three ways connects Claude to the membership system, and shows the requirements of each
 * chosen one.
 */
function Ways({
  ways,
  fault,
  onWays,
}: {
  ways: readonly Way[];
  fault: string | null;
  onWays: (ways: readonly Way[]) => void;
}) {
  const { slug } = useClientHere();
  const load = useQuery(api.ams.show.queryOptions({ input: { client: slug } }));
  if (load.error !== null) return <Notice mark="cannot_read">{explainError(load.error).text}</Notice>;
  const methods = load.data?.methods ?? [];
  return (
    <Checkbox.Group
      label="How Claude reaches the membership system"
      description="You can choose several. What each one needs is decided under Membership system, and the deployment is not complete until everything is in place."
      value={[...ways]}
      error={fault}
      onChange={(next) => onWays(methods.flatMap(({ id }) => (next.includes(id) ? [id] : [])))}
    >
      {methods.map(({ id, title, means, needs }) => (
        <div key={id}>
          <Checkbox value={id} label={title} description={means} mt="xs" />
          {ways.includes(id) ? (
            <ul aria-label={`What is needed: ${title}`}>
              {needs.map((need) => (
                <li key={need.id}>{need.title}</li>
              ))}
            </ul>
          ) : null}
        </div>
      ))}
    </Checkbox.Group>
  );
}

function isAddress(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text);
}

const YES_NO = [
  { value: '', label: 'Not stated' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

const WORDS = ['read', 'write', 'send', 'delete', 'admin'] as const;

/** Tools parsed from pasted text, each with its effect if the line contains it. */
export function toolsOf(text: string): { tools: NonNullable<Addition['tools']>; fault: string | null } {
  const tools: NonNullable<Addition['tools']> = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim().replace(/^[-*•]\s+/, '');
    if (trimmed === '') continue;
    const split = /^(.*\S)\s*:\s*(\S+)$/.exec(trimmed);
    const effect = WORDS.find((word) => word === split?.[2]?.toLowerCase());
    if (split !== null && effect === undefined)
      return { tools, fault: `Line ${at + 1}: “${split[2]}” is not one of ${WORDS.join(', ')}.` };
    const name = split?.[1] ?? trimmed;
    if (name.length > 200) return { tools, fault: `Line ${at + 1} is too long for a tool name.` };
    tools.push({ name, ...(effect === undefined ? {} : { effect }) });
  }
  return { tools, fault: null };
}
