import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api, routes, sendFile } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row } from '../../ui/layout.tsx';

/** The logo in report headers. */
export function LogoCard({
  client,
  hasLogo,
  mayEdit,
}: {
  client: string;
  hasLogo: boolean;
  mayEdit: boolean;
}) {
  const [failure, setFailure] = useState<string | null>(null);
  const failed = (error: unknown) => setFailure(explainError(error).text);
  const stored = async (text: string) => {
    setFailure(null);
    await done(text, api.clients.key());
  };
  const upload = useMutation({
    mutationFn: (file: File) => sendFile(routes.clients.setLogo, { client }, file),
    onSuccess: () => stored('The logo will appear in the next report.'),
    onError: failed,
  });
  const remove = useMutation(
    api.clients.removeLogo.mutationOptions({
      onSuccess: () => stored('The logo is removed.'),
      onError: failed,
    }),
  );
  return (
    <Card title="Logo for reports" aside={hasLogo ? 'Set' : 'None'}>
      <Row gap="lg">
        <p className="muted">
          PNG, JPEG or SVG, at most 300 kB. It appears at the top of reports and nowhere else.
        </p>
        {mayEdit ? (
          <>
            <label>
              <input
                type="file"
                className="hidden-text"
                accept="image/png,image/jpeg,image/svg+xml"
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0];
                  event.currentTarget.value = '';
                  if (file !== undefined) upload.mutate(file);
                }}
              />
              <Button component="span" loading={upload.isPending}>
                {hasLogo ? 'Replace logo' : 'Choose logo'}
              </Button>
            </label>
            {hasLogo ? (
              <Button loading={remove.isPending} onClick={() => remove.mutate({ client })}>
                Remove logo
              </Button>
            ) : null}
          </>
        ) : null}
      </Row>
      <p role="alert" className="late">
        {failure}
      </p>
    </Card>
  );
}
