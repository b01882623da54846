import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { explainError } from './explain-error.ts';
import { Icon } from './icon.tsx';
import { useKey } from './keys.ts';
import { toast } from './toast.tsx';

export type ExportFormat = 'csv' | 'xlsx' | 'json';

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'xlsx', label: 'Excel workbook' },
  { format: 'json', label: 'JSON' },
];

/**
 * Offers the list's content as a file. `onExport` fetches it from the API, which adds client, filter, time and person,
 * and passes it to `saveFile`.
 */
export function ExportMenu({ onExport }: { onExport: (format: ExportFormat) => Promise<void> }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  useKey('e', () => setOpen(true));
  const run = async (format: ExportFormat) => {
    setBusy(true);
    try {
      await onExport(format);
    } catch (error) {
      toast({ kind: 'failed', text: `Nothing was exported. ${explainError(error).text}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu opened={open} onChange={setOpen}>
      <Menu.Target>
        <Button leftSection={<Icon name="download" />} loading={busy}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => void run(format)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Passes a file to the browser's downloads. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
