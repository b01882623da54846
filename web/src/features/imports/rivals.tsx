import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import type { KindChange, Preview, ShownImport } from './words.ts';

interface RivalsProps {
  readonly data: ShownImport;
  readonly preview: Preview;
  readonly onSaid: () => void;
}

/** Files of one kind and day that differ: asks which is current. The others are kept as evidence but not read. */
export function Rivals({ data, preview, onSaid }: RivalsProps) {
  return preview.kinds.map((change) =>
    (change.rivals?.length ?? 0) < 2 ? null : (
      <Question key={change.kind} change={change} data={data} preview={preview} onSaid={onSaid} />
    ),
  );
}

function Question({ change, data, preview, onSaid }: RivalsProps & { change: KindChange }) {
  const { slug } = useClientHere();
  const rivals = change.rivals ?? [];
  const choose = useMutation({
    mutationFn: async (current: string) => {
      for (const name of rivals)
        if (name !== current) {
          const file = data.files.find((one) => one.name === name);
          if (file !== undefined)
            await calls.imports.setFile({ client: slug, import: data.id, file: file.id, kind: 'evidence' });
        }
    },
    onSuccess: onSaid,
  });
  // A file inside an archive cannot be set aside by itself before the import is stored.
  const inside = rivals.some((name) => !data.files.some((file) => file.name === name));
  return (
    <Card title={`Which ${change.kindName} is current?`}>
      <Stack gap="md">
        <p>
          These files are from the same day and differ, so {rivals.length === 2 ? 'neither' : 'none of them'}{' '}
          is used until you choose.
          {inside
            ? ' One of them is inside an archive. Leave the archive out, or store the import and set one aside under Imports.'
            : ` The ${rivals.length === 2 ? 'other one is' : 'others are'} kept as evidence. You can change this below.`}
        </p>
        <Stack as="ul" gap="sm">
          {rivals.map((name) => (
            <li key={name}>
              <Row justify="between" gap="md">
                <span className="wraps">
                  {name}
                  <span className="second">{rowsOf(preview, name)}</span>
                </span>
                {inside ? null : (
                  <Button
                    size="xs"
                    disabled={choose.isPending}
                    loading={choose.isPending && choose.variables === name}
                    aria-label={`This one is current: ${name}`}
                    onClick={() => choose.mutate(name)}
                  >
                    This one is current
                  </Button>
                )}
              </Row>
            </li>
          ))}
        </Stack>
        {choose.error === null ? null : (
          <div role="alert">
            <Notice mark="cannot_read">{explainError(choose.error).text}</Notice>
          </div>
        )}
      </Stack>
    </Card>
  );
}

function rowsOf({ files }: Preview, name: string): string {
  const rows = files.find(({ file }) => file === name)?.rows ?? null;
  return rows === null ? '' : `${rows} ${rows === 1 ? 'row' : 'rows'}`;
}
