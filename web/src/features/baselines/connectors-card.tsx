import { Button } from '@mantine/core';
import { useState } from 'react';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { Card } from '../../ui/card.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { ConnectorDialog } from './connector-dialog.tsx';
import { connectorsOf, permissionsWords, saveParts, type TemplateConnector, written } from './parts.ts';
import type { Shown } from './words.ts';

const SENSITIVITY_WORDS: Readonly<Record<string, string>> = { low: 'Low', medium: 'Medium', high: 'High' };

/** The connectors that a baseline approves, with the permission of each action. */
export function ConnectorsCard({ data, mayChange }: { data: Shown; mayChange: boolean }) {
  const connectors = connectorsOf(data);
  const [open, setOpen] = useState<TemplateConnector | 'new' | null>(null);
  const [removing, setRemoving] = useState<TemplateConnector | null>(null);
  return (
    <Card
      title="Connectors and their permissions"
      flush={connectors.length > 0}
      aside={
        mayChange ? (
          <Button size="xs" onClick={() => setOpen('new')}>
            Add a connector
          </Button>
        ) : (
          String(connectors.length)
        )
      }
    >
      {connectors.length === 0 ? (
        <p className="muted">It approves no connectors.</p>
      ) : (
        <PlainTable
          label="Connectors and their permissions"
          rows={connectors}
          rowId={({ name }) => name}
          columns={[
            { head: 'Connector', cell: ({ name }) => name },
            { head: 'Permissions', cell: permissionsWords },
            {
              head: 'Sensitivity',
              cell: ({ rest }) =>
                ownValue(SENSITIVITY_WORDS, String(rest.sensitivity)) ?? (
                  <span className="muted">Not stated</span>
                ),
            },
            ...(mayChange
              ? [
                  {
                    head: '',
                    cell: (one: TemplateConnector) => (
                      <Row nowrap justify="end">
                        <Button
                          size="xs"
                          aria-label={`Change the permissions of ${one.name}`}
                          onClick={() => setOpen(one)}
                        >
                          Change
                        </Button>
                        <Button size="xs" aria-label={`Remove ${one.name}`} onClick={() => setRemoving(one)}>
                          Remove
                        </Button>
                      </Row>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {open === null ? null : (
        <ConnectorDialog data={data} connector={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
      {removing === null ? null : (
        <FormDialog
          opened
          onClose={() => setRemoving(null)}
          title={`Remove ${removing.name}`}
          submit={`Save as version ${data.version + 1}`}
          onSubmit={async () => {
            const left = connectors.filter(({ name }) => name !== removing.name);
            await saveParts(data, { charter: { connectors: written(left) } }, `${removing.name} removed`);
            return true;
          }}
        >
          <p>
            The baseline no longer approves {removing.name}. Clients’ charters stay as they are; each one will
            show the difference. Version {data.version} stays.
          </p>
        </FormDialog>
      )}
    </Card>
  );
}
