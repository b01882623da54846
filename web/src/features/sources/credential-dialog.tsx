import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { queries } from '../../api.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { SettingField, type SettingValue, usualSettings } from '../../ui/setting-field.tsx';
import { toast } from '../../ui/toast.tsx';
import type { Vendor } from './words.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  submit: string;
  /** Kinds of credential to choose from; with only one, no choice is shown. */
  vendors: readonly Vendor[];
  /** The non-secret parts of the credential in use; left out: there is none yet. */
  stored?: Readonly<Record<string, string>>;
  send: (vendor: string, credential: Record<string, string>) => Promise<unknown>;
  done: string;
}

/**
 * Form for a credential with the fields that its vendor requires. It is sent to the server once and never shown again.
 */
export function CredentialDialog({ opened, onClose, title, submit, vendors, stored, send, done }: Props) {
  const [chosen, setChosen] = useState(vendors[0]?.vendor ?? '');
  const [entered, setEntered] = useState<Record<string, SettingValue>>({});
  const [missing, setMissing] = useState<string | null>(null);
  const vendor = vendors.find((one) => one.vendor === chosen) ?? vendors[0];
  const close = () => {
    setEntered({});
    setMissing(null);
    onClose();
  };
  if (vendor === undefined) return null;
  const { fields, keys, words } = vendor;
  const values = { ...usualSettings(fields, stored), ...entered };
  const texts = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = String(value).trim();
      return text === '' ? [] : [[name, text]];
    }),
  );
  // If a field already selects the purpose, only that kind is explained.
  const use = fields.find(({ choices }) =>
    choices.some(({ value }) => keys.some(({ kind }) => kind === value)),
  );
  const chosenUse = use === undefined ? '' : values[use.name];
  const isChosen = (kind: string) =>
    use === undefined ||
    // An option that is not a kind selects all kinds that are not options.
    (keys.some((one) => one.kind === chosenUse)
      ? kind === chosenUse
      : !use.choices.some(({ value }) => value === kind));
  // The entered or selected values determine the kind, so its permissions are shown without opening anything.
  const known =
    keys.find(
      ({ prefix }) => prefix !== null && Object.values(texts).some((text) => text.startsWith(prefix)),
    ) ?? keys.find(({ kind }) => kind === chosenUse);
  return (
    <FormDialog
      opened={opened}
      onClose={close}
      title={title}
      submit={submit}
      onSubmit={async () => {
        const empty = fields.find(({ name, required }) => required && texts[name] === undefined);
        setMissing(empty?.name ?? null);
        if (empty !== undefined) return false;
        await send(vendor.vendor, texts);
        await queries.invalidateQueries();
        toast({ kind: 'done', text: done });
        return true;
      }}
    >
      {vendors.length < 2 ? null : (
        <NativeSelect
          label="Vendor"
          data={vendors.map((one) => ({ value: one.vendor, label: one.name }))}
          value={vendor.vendor}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setEntered({});
          }}
        />
      )}
      {fields.map((field) => (
        <SettingField
          key={`${vendor.vendor}/${field.name}`}
          field={field}
          stored={false}
          value={values[field.name]}
          error={missing === field.name ? `${field.label}: it is missing.` : null}
          onChange={(value) => setEntered((was) => ({ ...was, [field.name]: value }))}
        />
      ))}
      <p role="status">{known === undefined ? '' : (known.refused ?? `${known.name}. ${known.says}`)}</p>
      <Fold summary={`How to get the ${words.credential}`}>
        <Stack as="ul" gap="sm" above="sm" bullets>
          {keys
            .filter(({ kind, usable, refused }) => usable && refused === null && isChosen(kind))
            .map((one) => (
              <li key={one.kind}>
                <strong>{one.name}</strong>
                {one.prefix === null ? null : (
                  <>
                    {' '}
                    (<code>{one.prefix}…</code>)
                  </>
                )}
                : {one.made} {one === known ? null : one.says}
                <Consent of={one} texts={texts} />
                <Permissions
                  of={vendor.scopes.filter(({ keys }) => keys?.includes(one.kind))}
                  words="Its permissions, and what is done with each:"
                />
              </li>
            ))}
        </Stack>
        <Permissions
          of={vendor.scopes.filter(({ keys }) => keys === null)}
          words="Permissions, and what is read with each:"
        />
      </Fold>
    </FormDialog>
  );
}

function Permissions({ of, words }: { of: Vendor['scopes']; words: string }) {
  if (of.length === 0) return null;
  return (
    <Stack gap="sm" above="sm">
      <p>{words}</p>
      <Stack as="ul" gap="sm" bullets>
        {of.map(({ scope, reads, optional }) => (
          <li key={scope}>
            <code>{scope}</code>
            {optional ? ' (optional)' : null}: {reads}
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

/** Link to the vendor's consent page, enabled once the values for its URL are entered. */
function Consent({ of, texts }: { of: Vendor['keys'][number]; texts: Readonly<Record<string, string>> }) {
  if (of.consent === null) return null;
  const elsewhere = of.consentElsewhere?.hosts[texts[of.consentElsewhere.field] ?? ''];
  const address =
    elsewhere === undefined ? of.consent : of.consent.replace(/^https:\/\/[^/]+/, `https://${elsewhere}`);
  const parts = [...address.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  if (parts.some((name) => texts[name] === undefined)) return null;
  const href = address.replace(/\{([^}]*)\}/g, (_, name: string) => encodeURIComponent(texts[name] ?? ''));
  return (
    <>
      {' '}
      <a href={href} target="_blank" rel="noreferrer">
        Give consent
      </a>
    </>
  );
}
