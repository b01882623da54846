import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayWords, names, verb } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { CoverageTable, DeliveriesTable, VersionsTable } from './lists.tsx';
import { OutputReviews } from './output-reviews.tsx';
import { RegisterTable } from './register.tsx';
import { Reminders } from './reminders.tsx';
import { policyRoute } from './routes.tsx';
import { StaffSignIn } from './staff-sign-in.tsx';
import { TextsTable } from './texts.tsx';
import { TrainingTable } from './training.tsx';
import { coverageWords, type Overview } from './words.ts';

/** The policy in force, who acknowledged it, and what to do next. */
export function PolicyPage() {
  const { slug } = useClientHere();
  const { tab } = policyRoute.useSearch();
  const load = useQuery(api.policy.show.queryOptions({ input: { client: slug } }));
  const file =
    tab === 'register'
      ? routes.policy.register.export
      : tab === 'sent'
        ? routes.policy.deliveries.export
        : tab === 'training'
          ? routes.staff.training.export
          : tab === 'reviews'
            ? routes.policy.reviews.export
            : routes.policy.coverage.export;
  return (
    <OverviewPage
      title="Policy"
      permission="policy.read"
      load={load}
      meta={
        load.data === undefined
          ? undefined
          : load.data.current === null
            ? load.data.charter === null
              ? 'No version is in force.'
              : `The charter states policy ${load.data.charter.version}. No version has been published here.`
            : `Version ${load.data.current.label}, in force since ${dayWords(load.data.current.effectiveOn)}.`
      }
      actions={
        <>
          {tab === 'versions' || tab === 'texts' ? null : (
            <ExportMenu onExport={(format) => fetchFile(file, { client: slug, format })} />
          )}
          {load.data === undefined ? null : <DraftButton slug={slug} data={load.data} />}
        </>
      }
      tabs={
        <TabLinks
          label="Policy lists"
          value={tab ?? 'coverage'}
          items={[
            { value: 'coverage', label: 'Acknowledged by' },
            { value: 'sent', label: 'Emails' },
            { value: 'register', label: 'Register' },
            { value: 'versions', label: 'Versions' },
            { value: 'texts', label: 'Texts' },
            { value: 'training', label: 'Training' },
            { value: 'reviews', label: 'Reviews' },
          ]}
        />
      }
      main={(data) =>
        tab === 'register' ? (
          <RegisterTable slug={slug} may={data.may.edit} />
        ) : tab === 'sent' ? (
          <DeliveriesTable slug={slug} />
        ) : tab === 'versions' ? (
          <VersionsTable slug={slug} versions={data.versions} />
        ) : tab === 'texts' ? (
          <TextsTable slug={slug} />
        ) : tab === 'training' ? (
          <TrainingTable slug={slug} />
        ) : tab === 'reviews' ? (
          <OutputReviews slug={slug} />
        ) : (
          <CoverageTable slug={slug} overview={data} />
        )
      }
      side={(data) => (
        <>
          <InForce slug={slug} data={data} />
          {data.current === null ? null : <Reminders slug={slug} data={data} />}
          <StaffPage slug={slug} data={data} />
          <StaffSignIn slug={slug} data={data} />
          {data.charter?.agrees === false ? <CharterCard slug={slug} data={data} /> : null}
        </>
      )}
    />
  );
}

function DraftButton({ slug, data }: { slug: string; data: Overview }) {
  const [busy, setBusy] = useState(false);
  const navigate = policyRoute.useNavigate();
  if (data.draft !== null)
    return (
      <LinkButton
        href={`/c/${slug}/policy/${data.draft}`}
        {...(data.current === null && { variant: 'filled' })}
      >
        Open the draft
      </LinkButton>
    );
  if (!data.may.edit) return null;
  const start = async () => {
    setBusy(true);
    try {
      const { id } = await calls.policy.draft.make({ client: slug });
      await done('The draft was created.', api.policy.key());
      await navigate({ to: '/c/$client/policy/$policyVersion', params: { client: slug, policyVersion: id } });
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button {...(data.current === null && { variant: 'filled' })} loading={busy} onClick={() => void start()}>
      {data.current === null ? 'Write the policy' : 'Start a new version'}
    </Button>
  );
}

function InForce({ slug, data }: { slug: string; data: Overview }) {
  const { current, versions } = data;
  const next = versions.find(({ state }) => state === 'scheduled');
  return (
    <Card title="In force">
      <Stack>
        {current === null ? (
          <p>
            {data.charter === null
              ? 'Nothing has been published here yet.'
              : `The charter states policy ${data.charter.version}, which was not published here, so acknowledgments come from an imported list.`}{' '}
            Start with the template: it has every clause the guide asks for in plain words, and you fill in
            your own names.
          </p>
        ) : (
          <>
            <p>
              <AppLink href={`/c/${slug}/policy/${current.label}`}>{current.title}</AppLink>
              <span className="second">
                Version {current.label} · approved by {current.approvedBy}
              </span>
            </p>
            <p>{coverageWords(data)}</p>
            {data.unnamed.length === 0 ? null : (
              <Notice mark="fail">
                A new version is due: {names(data.unnamed, 6)} {verb(data.unnamed.length, 'is', 'are')} read
                here, but the notice to staff does not name {data.unnamed.length === 1 ? 'it' : 'them'}.
              </Notice>
            )}
            {data.dataUnnamed.length === 0 ? null : (
              <Notice>
                Approved connectors reach data that the policy does not name: {names(data.dataUnnamed, 6)}.
              </Notice>
            )}
          </>
        )}
        {next === undefined ? null : (
          <p>
            <AppLink href={`/c/${slug}/policy/${next.label}`}>Version {next.label}</AppLink> applies from{' '}
            {dayWords(next.effectiveOn)}.
          </p>
        )}
      </Stack>
    </Card>
  );
}

function StaffPage({ slug, data: { page, may, mail, signIn } }: { slug: string; data: Overview }) {
  const [address, setAddress] = useState<string | null>(null);
  const [asking, setAsking] = useState<'open' | 'close' | null>(null);
  return (
    <Card title="Staff page">
      <Stack>
        <p>
          On this page, staff see what is allowed, read and acknowledge the policy, and take the training,
          even on a phone and without an account here. Each person first verifies their email address.
        </p>
        {page === null ? (
          <p className="muted">
            No shared address has been created. Each email that asks for an acknowledgment has its own link.
          </p>
        ) : (
          <p className="muted">
            Address created by {page.madeBy}, <When at={page.madeAt} inline />.
          </p>
        )}
        {mail || signIn.application !== null ? null : (
          <Notice>
            Mail is not set up, so no one can acknowledge. An Owner can set it up under Settings.
          </Notice>
        )}
        {may.edit ? (
          <Row>
            <Button onClick={() => setAsking('open')}>
              {page === null ? 'Create an address…' : 'Create a new address…'}
            </Button>
            <Button onClick={() => setAsking('close')}>
              {page === null ? 'Revoke every link…' : 'Close the page…'}
            </Button>
          </Row>
        ) : null}
      </Stack>
      <FormDialog
        opened={asking === 'open'}
        onClose={() => setAsking(null)}
        title="Create an address for the staff page"
        submit="Create the address"
        onSubmit={async () => {
          setAddress((await calls.policy.page.open({ client: slug })).address);
          await done('The address was created.', api.policy.key());
          return true;
        }}
      >
        <p>
          It is shown once. Put it where staff look: the intranet, a welcome letter, a poster.
          {page === null ? '' : ' The previous address no longer works.'}
        </p>
      </FormDialog>
      <FormDialog
        opened={asking === 'close'}
        onClose={() => setAsking(null)}
        title={page === null ? 'Revoke every link to the staff page' : 'Close the staff page'}
        submit={page === null ? 'Revoke the links' : 'Close the page'}
        final
        onSubmit={async () => {
          const { closed } = await calls.policy.page.close({ client: slug });
          await done(closed ? 'The staff page is closed.' : 'There were no active links.', api.policy.key());
          return true;
        }}
      >
        <p>Every address stops working, including the ones in emails. Acknowledgments stay on record.</p>
      </FormDialog>
      <SecretDialog
        title="The address of the staff page"
        secret={address}
        name="the address"
        onClose={() => setAddress(null)}
      >
        <p>
          Anyone who has it can read the policy and what is allowed here. To acknowledge it, a person opens a
          link sent to their work email address
          {signIn.application === null ? '' : ' or signs in with their work account'}.
        </p>
      </SecretDialog>
    </Card>
  );
}

function CharterCard({ slug, data }: { slug: string; data: Overview }) {
  const [busy, setBusy] = useState(false);
  const navigate = policyRoute.useNavigate();
  const carry = async () => {
    setBusy(true);
    try {
      const { draft } = await calls.policy.toCharter({ client: slug });
      await done('The draft of the charter is ready.', api.charter.key());
      await navigate({ to: '/c/$client/charter/$version', params: { client: slug, version: draft } });
    } catch (error) {
      failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title="The charter does not state this policy">
      <Stack>
        <p>
          Controls are based on the charter, which states{' '}
          {data.charter?.version === null ? 'no policy' : `policy ${data.charter?.version}`}. Until it states
          the policy in force here, the register does not count for any control.
        </p>
        {data.may.charter ? (
          <div>
            <Button loading={busy} onClick={() => void carry()}>
              Carry it over into the charter
            </Button>
          </div>
        ) : (
          <p className="muted">Someone who edits the charter has to carry it over.</p>
        )}
      </Stack>
    </Card>
  );
}
// Guide: G0-09 G8-17
