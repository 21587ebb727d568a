import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import { chooseAsker } from "./agent/asker";
import QuestionApp from "./QuestionApp.svelte";
import { Asked } from "./state/asked.svelte";

const asked = new Asked(await chooseAsker());
mount(QuestionApp, { target: document.body, props: { asked } });
void asked.start();
