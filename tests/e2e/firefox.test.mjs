// A visitor's journeys in Firefox.

import { launchFirefox } from "./firefox.mjs";
import { journeys } from "./journeys.mjs";

journeys(launchFirefox);
