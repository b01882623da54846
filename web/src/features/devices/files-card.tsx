import { Button } from '@mantine/core';
import { useState } from 'react';
import { fetchFile, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './devices.module.css';
import { type DeviceFile, type Devices, PLATFORM_WORDS, type Platform } from './words.ts';

interface FilesCardProps {
  readonly slug: string;
  readonly data: Devices;
  readonly platform: Platform;
  readonly draft: string | undefined;
}

/** The files for a platform: each to download, or why it cannot be made. */
export function FilesCard({ slug, data, platform, draft }: FilesCardProps) {
  const files = data.products.flatMap((product) =>
    product.files
      .filter(({ platforms }) => platforms.includes(platform))
      .map((file) => ({ ...file, product: product.title })),
  );
  const first = files.find(({ lacks }) => lacks.length === 0)?.id;
  const organization =
    data.organization.from === 'asked' ? (data.organization.value ?? undefined) : undefined;
  return (
    <Card title={`Files for ${PLATFORM_WORDS[platform]}`} flush>
      <Stack as="ul" gap="none">
        {files.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            filled={file.id === first && data.organization.question === null}
            download={() =>
              fetchFile(routes.devices.file, { client: slug, file: file.id, draft, organization })
            }
          />
        ))}
      </Stack>
    </Card>
  );
}

function FileRow({
  file,
  filled,
  download,
}: {
  file: DeviceFile & { readonly product: string };
  filled: boolean;
  download: () => Promise<void>;
}) {
  const [busy, setBusy] = useState(false);
  const get = async () => {
    setBusy(true);
    try {
      await download();
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    }
    setBusy(false);
  };
  return (
    <li className={classes.file}>
      <div className={classes.fileHead}>
        <div>
          <h3>
            {file.product}: {file.title}
          </h3>
          <p className="mono">{file.name}</p>
        </div>
        {file.lacks.length > 0 ? null : (
          <Button variant={filled ? 'filled' : 'default'} loading={busy} onClick={() => void get()}>
            Download<span className="hidden-text"> {file.name}</span>
          </Button>
        )}
      </div>
      {file.lacks.map((why) => (
        <p key={why} className="muted measure">
          <strong>Not made.</strong> {why}
        </p>
      ))}
      {file.lacks.length > 0 || file.notes.length === 0 ? null : (
        <div className={classes.left}>
          <p>Left out of it:</p>
          <ul>
            {file.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      <details className={classes.how}>
        <summary>Where it goes, and how to deploy it</summary>
        <ul className={classes.places}>
          {file.places.map((place) => (
            <li key={place} className="mono">
              {place}
            </li>
          ))}
        </ul>
        <ol>
          {file.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
    </li>
  );
}
