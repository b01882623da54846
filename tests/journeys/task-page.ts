import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Actions of a person on the page of a deployment task. `later` advances the clock before each. */
export function taskPage(page: () => Page, later: () => void) {
  const tasks = () => page().getByRole('region', { name: 'Tasks' });
  const proof = () => page().getByRole('region', { name: 'What proves it' });
  const check = (title: string) => proof().getByRole('listitem').filter({ hasText: title }).first();

  async function attest(title: string, note?: string): Promise<void> {
    later();
    await check(title)
      .getByRole('button', { name: /^State what you saw/ })
      .click();
    const dialog = page().getByRole('dialog');
    await dialog.getByLabel('As required', { exact: true }).check();
    await dialog.getByLabel('Date you looked').fill('2026-11-24');
    if (note !== undefined) await dialog.getByLabel('What you saw, in words (optional)').fill(note);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async function write(
    label: string,
    day: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    later();
    await page()
      .getByRole('button', { name: new RegExp(`^Record\\s*: ${label}`) })
      .click();
    const dialog = page().getByRole('dialog');
    await dialog.locator('input[type="date"]').fill(day);
    for (const [field, value] of Object.entries(more)) await dialog.getByLabel(field).fill(value);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Records the lockdown, which is refused without the variant and the file that shows it. */
  async function lockDown(day: string): Promise<void> {
    later();
    await page()
      .getByRole('button', { name: /^Record\s*: Connectors were locked down/ })
      .click();
    const dialog = page().getByRole('dialog');
    await dialog.locator('input[type="date"]').fill(day);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.getByText('Choose which one applies to this client.').waitFor();
    await dialog.getByLabel(/^Members can use only connectors that an Owner has added/).check();
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.getByText('Add the file that shows it').waitFor();
    await dialog.locator('input[type="file"]').setInputFiles({
      name: 'connectors page.png',
      mimeType: 'image/png',
      buffer: Buffer.from('the connectors page as it was seen'),
    });
    await dialog.getByText(/, stored$/).waitFor();
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page().getByRole('link', { name: 'connectors page.png' }).waitFor();
  }

  /**
   * An imported charter is a draft: the person who imported it submits it, and someone at the client puts it in force.
   */
  async function putInForce(charters: string, approver: () => Promise<Page>): Promise<void> {
    later();
    await page().goto(charters);
    const draft = page().getByRole('listitem').filter({ hasText: 'Draft · From an import' });
    await draft.getByRole('link').click();
    await page().getByRole('button', { name: 'Send for approval' }).click();
    await page()
      .getByRole('heading', { level: 1, name: /waiting for approval$/ })
      .waitFor();
    await expect
      .poll(() =>
        page()
          .getByRole('button', { name: /^Approve/ })
          .count(),
      )
      .toBe(0);
    later();
    const second = await approver();
    await second.goto(page().url());
    await second.getByRole('button', { name: 'Approve and put in force' }).click();
    await second.getByRole('heading', { level: 1, name: /, approved$/ }).waitFor();
    await second.context().close();
  }

  return { tasks, proof, check, attest, write, lockDown, putInForce };
}
