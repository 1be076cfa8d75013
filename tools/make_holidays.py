"""Write src/yimen/law/data/holidays.json from the published holiday notices, as collected by `chinesecalendar`.

Run by hand each November, when the State Council has published the next year and the package has been updated:

    .venv/bin/python tools/make_holidays.py

The law itself never imports that package: what it counts with is the file, which a reviewer can read and a diff shows.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from chinese_calendar import constants

TARGET = Path(__file__).parent.parent / "src/yimen/law/data/holidays.json"

CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def main() -> None:
    """Write the file and say which years it covers."""
    years = sorted({day.year for day in constants.holidays})
    table = {str(year): _year(year) for year in years}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {years[0]}–{years[-1]}")


def _year(year: int) -> dict[str, object]:
    return {
        "notice": f"国务院办公厅关于{year}年部分节假日安排的通知",
        "off": _named(constants.holidays, year),
        "off_in_lieu": sorted(day.isoformat() for day in constants.in_lieu_days if day.year == year),
        "working_weekends": _named(constants.workdays, year),
    }


def _named(days: dict[date, str], year: int) -> dict[str, str]:
    return {day.isoformat(): CHINESE[name] for day, name in sorted(days.items()) if day.year == year}


if __name__ == "__main__":
    main()
