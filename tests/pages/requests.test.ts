import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';

/** A request from the staff page to the charter's draft, each step by the person responsible for it. */
let here: ConsoleBrowser;
let slug: string;
let staff: TestPerson;
let technician: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  const client = await here.bylaw.client('Rowan Guild');
  ({ slug } = client);
  staff = await here.bylaw.person('staff', client.id, 'Stella Staff');
  technician = await here.bylaw.person('technician', client.id, 'Tara Tech');
  admin = await here.bylaw.person('client_admin', client.id, 'Adele Admin');
});
afterAll(() => here.close());

test('staff ask, a technician reviews, another person approves, a draft appears', async () => {
  const asks = await here.open(staff);
  await asks.goto('/');
  await asks.waitForURL(`**/c/${slug}/ask`);
  await asks.getByText('no connector is approved').waitFor();
  await expect
    .poll(() => asks.getByRole('navigation', { name: 'Rowan Guild' }).getByRole('link').allTextContents())
    .toEqual(['Your connectors']);
  await asks.getByRole('button', { name: 'Request a connector' }).click();
  await asks.getByLabel('Connector', { exact: true }).selectOption({ label: 'Asana' });
  await asks.getByLabel('What it is for').fill('Plan the annual meeting <b>together</b>');
  await asks.getByLabel('Tasks').check();
  await asks.getByLabel('What Claude would do there').selectOption('no');
  await asks.getByLabel('Who would use it').fill('The events team');
  await asks.getByLabel('Until').fill('2027-06-30');
  await asks.getByRole('button', { name: 'Request the connector' }).click();
  await asks.getByRole('heading', { name: 'Asana: Requested' }).waitFor();
  await asks.locator('#main').getByText('Plan the annual meeting <b>together</b>').waitFor();
  await here.leave(asks);

  const reviews = await here.open(technician);
  await reviews.goto(`/c/${slug}/connectors/requests`);
  await reviews.getByRole('link', { name: 'Asana' }).click();
  await reviews.getByRole('heading', { name: 'Request for Asana' }).waitFor();
  await expect.poll(() => reviews.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
  for (const yes of await reviews.getByLabel('Yes').all()) await yes.check();
  await expectMessage(reviews, 'The answers are saved.', () =>
    reviews.getByRole('button', { name: 'Save the answers' }).click(),
  );
  await here.leave(reviews);

  const decides = await here.open(admin);
  await decides.goto(`/c/${slug}?all=do`);
  await decides.getByRole('link', { name: /Decide on the request for Asana/ }).click();
  await decides.getByRole('heading', { name: 'Request for Asana' }).waitFor();
  await decides.getByRole('button', { name: 'Approve…' }).click();
  await decides.getByLabel('Reason').fill('The events team needs it');
  await decides.getByRole('button', { name: 'Approve', exact: true }).click();
  await decides.getByText('Nothing changed in Claude. A').waitFor();
  await decides.getByRole('link', { name: 'draft of the charter' }).click();
  await decides.getByRole('heading', { name: 'Add Asana, as requested' }).waitFor();
  await here.leave(decides);
});
// Guide: G3.4-03
