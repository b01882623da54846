import { Button, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { OwnerField } from '../work/owner-field.tsx';
import { reread, undoable } from './acts.ts';
import { KnownPerson } from './known-person.tsx';
import { announceRoute } from './routes.tsx';
import { type Journey, KIND_TEXTS } from './words.ts';

/** A short form in which HR announces that someone leaves or joins, without having to know anything else. */
export function AnnouncePage() {
  const { slug } = useClientHere();
  const search = announceRoute.useSearch();
  const [kind, setKind] = useState<Journey['kind']>(search.kind ?? 'leaving');
  const [created, setCreated] = useState<Journey | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useQuery(api.journeys.list.queryOptions({ input: { client: slug, kind } }));
  const fields = useFields(
    { name: '', address: '', day: '', owner: '' },
    {
      name: needed('Enter the name.'),
      address: (value) =>
        /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(value.trim()) ? null : 'Enter the work email address.',
      day: needed('Enter the date.'),
    },
  );
  useUnsaved(() => fields.changed && !busy);
  const send = async () => {
    setFailure(null);
    if (!fields.check()) return;
    setBusy(true);
    const { name, address, day, owner } = fields.values;
    try {
      const started = await calls.journeys.start({
        client: slug,
        kind,
        name: name.trim(),
        address: address.trim(),
        day,
        owner: owner.trim() || null,
      });
      await reread();
      fields.reset();
      setCreated(started);
      undoable('Started.', async () => {
        await calls.journeys.end({
          client: slug,
          journey: started.id ?? '',
          version: started.version,
          why: 'mistake',
        });
        setCreated(null);
      });
    } catch (error) {
      setFailure(explainError(error).text);
    } finally {
      setBusy(false);
    }
  };
  const texts = KIND_TEXTS[kind];
  return (
    <FormPage title="Someone leaves or joins" permission="people.decide" load={load}>
      {(list) => (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Stack>
            <p className="reading">
              Say who it is and when. Everyone with something to do then sees it under Work with a due date.
            </p>
            <Radio.Group
              label="What happens"
              value={kind}
              onChange={(value) => setKind(value === 'joining' ? 'joining' : 'leaving')}
            >
              <Stack gap="sm" above="xs">
                <Radio value="leaving" label="The person leaves" />
                <Radio value="joining" label="The person joins" />
              </Stack>
            </Radio.Group>
            <KnownPerson field={fields.text('name')} value={fields.values.name} onPick={fields.setMany} />
            <TextInput
              type="email"
              label="Work email address"
              autoComplete="off"
              maxLength={320}
              {...fields.text('address')}
            />
            <TextInput type="date" label={texts.day} {...fields.text('day')} />
            <OwnerField
              people={list.people}
              value={fields.values.owner}
              onChange={(value) => fields.set('owner', value)}
            />
            {failure === null ? null : (
              <div role="alert">
                <Notice mark="fail">{failure}</Notice>
              </div>
            )}
            <div>
              <Button type="submit" variant="filled" loading={busy}>
                Start {texts.noun}
              </Button>
            </div>
            {created === null ? null : (
              <div role="status">
                <Notice mark="pending">
                  The {KIND_TEXTS[created.kind].noun} of{' '}
                  <AppLink
                    href={`/c/${slug}/people/${KIND_TEXTS[created.kind].path}?panel=${created.id ?? ''}`}
                  >
                    {created.name}
                  </AppLink>{' '}
                  has started: {created.steps.length} steps
                  {created.nextDue === null ? '' : `, the next by ${dayWords(created.nextDue)}`}.
                </Notice>
              </div>
            )}
          </Stack>
        </form>
      )}
    </FormPage>
  );
}
