import { expect, it } from "vitest";
import { TabChannel } from "./tabChannel";

it("tells the other tabs, not itself", async () => {
  const [one, other] = [new TabChannel<string>("a"), new TabChannel<string>("a")];
  const elsewhere = new TabChannel<string>("b");
  const heard: string[] = [];
  one.onMessage((message) => heard.push(`one: ${message}`));
  elsewhere.onMessage((message) => heard.push(`elsewhere: ${message}`));
  const told = new Promise<string>((resolve) => other.onMessage(resolve));
  one.tell("saved");
  expect(await told).toBe("saved");
  expect(heard).toEqual([]);
  for (const channel of [one, other, elsewhere]) channel.close();
});

it("is quiet once it is closed", () => {
  const channel = new TabChannel<null>("c");
  channel.close();
  channel.tell(null);
  channel.close();
});
