import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { api } from '../../api.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import classes from './baselines.module.css';
import { connectorsOf, type Permission, REST, saveParts, type TemplateConnector, written } from './parts.ts';
import type { Shown } from './words.ts';

const CHOICES = [
  { value: '', label: 'Not stated' },
  ...Object.entries(PERMISSION_WORDS).map(([value, label]) => ({ value, label })),
];
const WIDTH: Readonly<Record<Permission, number>> = { blocked: 0, ask: 1, allow: 2 };
const ANOTHER = 'another';

interface ConnectorDialogProps {
  readonly data: Shown;
  /** null: a connector that the baseline does not name yet. */
  readonly connector: TemplateConnector | null;
  readonly onClose: () => void;
}

/** One connector of a baseline, with the permission of each action. Saving creates the next version. */
export function ConnectorDialog({ data, connector, onClose }: ConnectorDialogProps) {
  const all = connectorsOf(data);
  const fields = useFields(
    {
      entry: '',
      name: connector?.name ?? '',
      sensitivity: String(connector?.rest.sensitivity ?? ''),
      memberData: yesNo(connector?.rest.holdsMemberData),
      action: '',
      note: '',
    },
    {
      name: (value) => {
        if (value.trim() === '') return 'Choose a connector, or enter its name.';
        const twin = all.some((one) => one !== connector && sameName(one.name, value));
        return twin && connector === null ? 'The baseline names this connector already.' : null;
      },
    },
  );
  const { values } = fields;
  const listed = useQuery(api.catalogue.list.queryOptions({ input: { kind: 'connectors' } }));
  const entries = listed.data?.items ?? [];
  const id = entries.find(({ title }) => sameName(title, values.name))?.id;
  const entry = useQuery({
    ...api.catalogue.get.queryOptions({ input: { kind: 'connectors', id: id ?? '' } }),
    enabled: id !== undefined,
  }).data;
  const known = entry?.kind === 'connectors' ? entry : null;

  const [set, setSet] = useState<Readonly<Record<string, Permission | ''>>>(connector?.actions ?? {});
  const [why, setWhy] = useState<Readonly<Record<string, string>>>(connector?.justifications ?? {});
  const [own, setOwn] = useState<readonly string[]>([]);
  // The charter may use an earlier name of an action, so look up the guide's baseline by every alias.
  const actionsKnown = known?.actions ?? [];
  const guide = new Map(
    actionsKnown.flatMap(({ title, aliases, baseline }) =>
      [title, ...aliases].map((name) => [name, baseline] as const),
    ),
  );
  const chosen = Object.keys(connector?.actions ?? {});
  const others = actionsKnown.filter(
    ({ title, aliases }) => ![title, ...aliases].some((name) => chosen.includes(name)),
  );
  // A new connector starts with the guide's permissions, and with every action not listed blocked.
  const permissionOf = (action: string): Permission | '' =>
    set[action] ?? (connector !== null ? '' : action === REST ? 'blocked' : (guide.get(action) ?? ''));
  const named = [...chosen, ...others.map(({ title }) => title), ...own];
  const actions = [...new Set(named.filter((action) => action !== REST)), REST];
  const isWider = (action: string) => {
    const permission = permissionOf(action);
    const recommended = guide.get(action);
    return permission !== '' && recommended != null && WIDTH[permission] > WIDTH[recommended];
  };
  const addAction = () => {
    const action = values.action.trim();
    if (action !== '') setOwn([...own, action]);
    fields.set('action', '');
  };
  const submit = async () => {
    if (!fields.check()) return false;
    const { sensitivity: _, holdsMemberData: __, ...rest } = connector?.rest ?? {};
    const reasons = Object.entries(why).filter(
      ([action, text]) => text.trim() !== '' && actions.includes(action),
    );
    const made: TemplateConnector = {
      name: values.name.trim(),
      actions: Object.fromEntries(
        actions.flatMap((action) => {
          const permission = permissionOf(action);
          return permission === '' ? [] : [[action, permission] as const];
        }),
      ),
      justifications: Object.fromEntries(reasons),
      rest: {
        ...rest,
        ...(values.sensitivity === '' ? {} : { sensitivity: values.sensitivity }),
        ...(values.memberData === '' ? {} : { holdsMemberData: values.memberData === 'yes' }),
      },
    };
    const next =
      connector === null
        ? [...all, made]
        : all.map((one) => (sameName(one.name, connector.name) ? made : one));
    await saveParts(data, { charter: { connectors: written(next) } }, values.note);
    return true;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={connector === null ? 'Add a connector' : `Permissions of ${connector.name}`}
      submit={`Save as version ${data.version + 1}`}
      onSubmit={submit}
    >
      {connector === null ? (
        <>
          <NativeSelect
            label="Connector"
            data={[
              { value: '', label: 'Choose a connector' },
              ...entries
                .filter(({ title }) => !all.some(({ name }) => sameName(name, title)))
                .map(({ title }) => ({ value: title, label: title })),
              { value: ANOTHER, label: 'Another one' },
            ]}
            value={values.entry}
            onChange={({ currentTarget: { value } }) =>
              fields.setMany({ entry: value, name: value === ANOTHER ? '' : value })
            }
            error={values.entry === ANOTHER ? null : fields.error('name')}
          />
          {values.entry === ANOTHER ? (
            <TextInput label="Name, as Claude lists it" maxLength={200} {...fields.text('name')} />
          ) : null}
        </>
      ) : null}
      {values.name.trim() === '' ? null : (
        <ul className={classes.actions} aria-label="Permissions">
          {actions.map((action) => (
            <li key={action}>
              <NativeSelect
                label={action === REST ? 'All other actions' : action}
                description={recommendedWords(guide.get(action))}
                data={CHOICES}
                value={permissionOf(action)}
                onChange={({ currentTarget: { value } }) =>
                  setSet({ ...set, [action]: value as Permission | '' })
                }
              />
              {isWider(action) || why[action] !== undefined ? (
                <TextInput
                  label={`Why ${action} is wider than the guide`}
                  maxLength={2000}
                  value={why[action] ?? ''}
                  onChange={({ currentTarget: { value } }) => setWhy({ ...why, [action]: value })}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <Row align="end" nowrap>
        <TextInput
          className="grow"
          label="Another action, as Claude shows it (optional)"
          maxLength={200}
          {...fields.text('action')}
        />
        <Button onClick={addAction} disabled={values.action.trim() === ''}>
          Add the action
        </Button>
      </Row>
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
        data={[
          { value: '', label: 'Not stated' },
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
        {...fields.text('memberData')}
      />
      <TextInput label="What changed (optional)" maxLength={500} {...fields.text('note')} />
    </FormDialog>
  );
}

const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

function yesNo(value: unknown): string {
  return value === undefined ? '' : value === true ? 'yes' : 'no';
}

function recommendedWords(recommended: Permission | null | undefined): string | undefined {
  return recommended == null ? undefined : `Guide: ${PERMISSION_WORDS[recommended].toLowerCase()}`;
}
