/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Calendars, deadlines and procedure clocks: rule + event + calendar = due, with the sum shown. */
#include "wb-calendar.h"
#include "wb-clock-span.h"
#include "wb-clock.h"
#include "wb-due.h"
#include "wb-period.h"
#include "wb-practice.h"
#include "wb-rule.h"
