// One finding by keyboard: u goes back to the queue; e and a stand at their fields.

import { onKey } from "../frame/keys.js";

onKey("u", () => {
  document.querySelector(".above a")?.click();
});
