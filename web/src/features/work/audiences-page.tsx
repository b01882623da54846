import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { monthWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Stack } from '../../ui/layout.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { OwnerField, ownerValue } from './owner-field.tsx';
import { StartPages } from './where-to-start.tsx';

type View = Awaited<ReturnType<typeof calls.work.audiences>>;
type Audience = View['audiences'][number];

/** The audience of each section of the guide, where they start, and who they are at this client. */
export function AudiencesPage() {
  const { slug } = useClientHere();
  const mayEdit = useMay('work.edit');
  const [open, setOpen] = useState<Audience | null>(null);
  const load = useQuery(api.work.audiences.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage
      title="Who does what"
      permission="work.read"
      load={load}
      meta={
        load.data === undefined
          ? undefined
          : `The audiences of the guide of ${monthWords(load.data.asOf)}. Work without an owner goes to them.`
      }
      actions={<LinkButton href={`/c/${slug}/work`}>Work</LinkButton>}
      main={(view: View) => (
        <>
          <Stack>
            {view.audiences.map((audience) => (
              <Card
                key={audience.id}
                title={audience.title}
                aside={
                  mayEdit ? (
                    <Button size="xs" onClick={() => setOpen(audience)}>
                      {audience.holder === null ? 'Name someone…' : 'Change…'}
                      <span className="hidden-text">: {audience.title}</span>
                    </Button>
                  ) : undefined
                }
              >
                <Stack gap="sm">
                  <p>
                    {audience.holder === null ? 'No one is named yet.' : `${audience.holder.name}.`}
                    {audience.holder?.access === false ? ' They can no longer open this client.' : ''}
                  </p>
                  <Stack as="ul" gap="xs" bullets>
                    {audience.sections.map(({ number, title, about }) => (
                      <li key={number}>
                        Section {number}, {title}: {about}
                      </li>
                    ))}
                  </Stack>
                  <StartPages pages={audience.pages} />
                </Stack>
              </Card>
            ))}
          </Stack>
          {open === null ? null : (
            <HoldDialog audience={open} people={view.people} onClose={() => setOpen(null)} />
          )}
        </>
      )}
    />
  );
}

function HoldDialog({
  audience,
  people,
  onClose,
}: {
  audience: Audience;
  people: View['people'];
  onClose: () => void;
}) {
  const { slug } = useClientHere();
  const fields = useFields({ owner: ownerValue(audience.holder) });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={audience.title}
      submit="Save"
      onSubmit={async () => {
        await calls.work.hold({
          client: slug,
          audience: audience.id,
          version: audience.version,
          owner: fields.values.owner.trim() || null,
        });
        await done('Saved.', api.work.key(), api.home.key(), api.shell.key());
        return true;
      }}
    >
      <p>
        From now on, this audience’s work without an owner goes to this person. This does not give them
        access.
      </p>
      <OwnerField
        people={people}
        value={fields.values.owner}
        onChange={(value) => fields.set('owner', value)}
      />
    </FormDialog>
  );
}
