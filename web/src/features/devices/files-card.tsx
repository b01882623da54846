import { Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { fetchFile, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { toast } from '../../ui/toast.tsx';
import { type DeviceFile, type Devices, PLATFORM_WORDS, type Platform } from './words.ts';

interface FilesCardProps {
  readonly slug: string;
  readonly data: Devices;
  readonly platform: Platform;
  readonly draft: string | undefined;
}

/** The files for a platform, each to download, or the reason why it cannot be created. */
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
    <Card
      title={`Files for ${PLATFORM_WORDS[platform]}`}
      aside={`${files.filter(({ lacks }) => lacks.length === 0).length} of ${files.length} ready`}
      flush
    >
      <ul>
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
      </ul>
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
    <Stack as="li" gap="xs">
      <Row justify="between" align="start">
        <div className="grow">
          <h3 className="medium">
            {file.product}: {file.title}
          </h3>
          <p className="mono">{file.name}</p>
        </div>
        {file.lacks.length > 0 ? null : (
          <Button variant={filled ? 'filled' : 'default'} loading={busy} onClick={() => void get()}>
            Download<span className="hidden-text"> {file.name}</span>
          </Button>
        )}
      </Row>
      {file.lacks.map((why) => (
        <p key={why} className="muted measure">
          <strong>Not generated.</strong> {why}
        </p>
      ))}
      {file.lacks.length > 0 || file.notes.length === 0 ? null : (
        <Fold summary={`${count(file.notes.length, 'setting')} left out of it`}>
          <Stack as="ul" gap="2xs" bullets className="measure">
            {file.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </Stack>
        </Fold>
      )}
      <Fold summary="Where it goes, and how to deploy it">
        <Stack as="ul" gap="2xs" className="wraps">
          {file.places.map((place) => (
            <li key={place} className="mono">
              {place}
            </li>
          ))}
        </Stack>
        <Stack as="ol" gap="2xs" bullets className="measure">
          {file.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </Stack>
      </Fold>
    </Stack>
  );
}
