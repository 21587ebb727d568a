// Tests speak English, and write dates and numbers as the tests say.

import { speak } from "../src/language.svelte";

await speak("en");
